// The key of the staff (staff_key.py). It is given to the server by a request, for only the answer to one can set a cookie
// that no script reads; it goes into no address, no storage and nothing that the page sends with its taps.

const ask = (path, body) => fetch(new URL(path, window.__streamlit.BACKEND_BASE_URL), { method: "POST", body })

function form(place) {
  const { words } = place.data
  const field = element("input", [], { type: "password", autocomplete: "current-password", name: "key", required: "" })
  const give = element("button", words.give, { type: "submit", class: "first" })
  const said = element("p", "", { role: "alert", class: "said" })
  const drawn = element("form", [
    element("label", [element("span", words.field), field]),
    said, // beside the field that gets the keyboard back
    ways(give),
    element("p", words.explained, { class: "explained" }),
  ])
  drawn.addEventListener("submit", async (event) => {
    event.preventDefault()
    if (give.disabled) return
    give.disabled = true
    said.textContent = ""
    const refused = window.isSecureContext ? await handOver(place, field.value) : "insecure"
    give.disabled = false
    field.value = ""
    if (refused) {
      said.textContent = words[refused] ?? words.failed
      field.focus()
    }
  })
  return element("details", [element("summary", words.title), drawn])
}

// Why it was refused, in a word; nothing where it was taken.
async function handOver(place, key) {
  try {
    const answer = await (await ask("staff-key", key)).json()
    if (!answer.pass) return answer.refused
    place.moved = true
    tapped(place, `given ${answer.pass}`)
  } catch {
    return "failed" // the line is down
  }
}

function given(place) {
  const { words } = place.data
  const said = element("p", "", { role: "alert", class: "said" })
  const forget = async () => {
    try {
      const response = await ask("staff-key/forget")
      if (!response.ok) throw new Error()
      place.moved = true
      tapped(place, "forgotten")
    } catch {
      said.textContent = words.failed
    }
  }
  return element("div", [
    element("p", words.given, { tabindex: "-1", role: "status" }),
    ways(button(words.forget, forget)),
    said,
  ])
}

export default function draw({ data, parentElement, setTriggerValue }) {
  let place = parentElement.querySelector(".staff-key")
  if (!place) parentElement.append((place = element("div", [], { class: "staff-key message-to-send" })))
  listenForTaps(place, data.heard, setTriggerValue)
  place.data = data
  const now = JSON.stringify([data.staff, data.words])
  if (place.dataset.drawn === now) return
  place.dataset.drawn = now
  const moved = place.moved // by what was done here: the keyboard goes on from what came of it
  place.moved = false
  place.replaceChildren(data.staff ? given(place) : form(place))
  if (moved) place.querySelector(data.staff ? "[role=status]" : "summary").focus({ preventScroll: true })
}
