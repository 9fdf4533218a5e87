// What one does with words of one's own: copy them, hand them to another program. From here they go to no server. The
// components that offer it have this before their own script (sending.py).

const status = () => element("p", "", { role: "status", class: "said" })

// Said again when it is done again.
function tell(line, text) {
  line.textContent = ""
  requestAnimationFrame(() => (line.textContent = text))
}

// Where the browser refuses, the words are selected for their reader to copy.
async function copy(text, select) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    select()
    return false
  }
}

// The list of the system, where there is one. Where one changes one's mind there, nothing is wrong.
const share = (label, what) => (navigator.share ? [button(label, () => navigator.share(what()).catch(() => {}))] : [])

const smsLink = (text) => `sms:?&body=${encodeURIComponent(text)}`

// An email has its own ends of line.
function mailLink(subject, text, address = "") {
  const to = encodeURIComponent(address).replaceAll("%40", "@")
  const body = text === "" ? "" : `&body=${encodeURIComponent(text.replaceAll("\n", "\r\n"))}`
  return `mailto:${to}?subject=${encodeURIComponent(subject)}${body}`
}

