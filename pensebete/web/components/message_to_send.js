// A ready message (message_to_send.py): read, mended, and sent by its visitor. What is mended here stays in this page, and
// goes with it: neither the server nor the tab's storage hears of it.

const mended = new Map() // by the name of the message: what was made of it
addEventListener("pensebete-erased", () => mended.clear())

const BLANK = /_{3,}/g
// Beyond these characters some programs of a desktop open no email from a link: the text is then copied, to be pasted.
const MOST_OF_LINK = 1900
const onDesktop = () => matchMedia("(hover: hover) and (pointer: fine)").matches

const asTall = (field) => {
  field.style.height = "auto"
  field.style.height = `${field.scrollHeight + 2}px`
}

function field(kind, label, value) {
  const made = element(kind, [], { autocomplete: "off", ...(kind === "input" ? { type: "text" } : { rows: "6" }) })
  made.value = value
  return { made, labelled: element("label", [element("span", label), made]) }
}

function shown({ name, subject, text, address, words }) {
  const begun = mended.get(name) ?? { subject, text }
  const line = field("input", words.subject, begun.subject)
  const body = field("textarea", words.text, begun.text)
  const said = status()
  const toFill = button("", () => goToBlank(), "to-fill")
  const sms = element("a", words.sms)
  const mail = element("a", words.email)
  const again = button(words.again, () => {
    line.made.value = subject
    body.made.value = text
    look()
    body.made.focus()
  })

  const blanks = () => [line.made, body.made].flatMap((one) => [...one.value.matchAll(BLANK)].map((found) => [one, found]))
  function goToBlank() {
    const [[one, found]] = blanks()
    one.focus()
    one.setSelectionRange(found.index, found.index + found[0].length)
  }
  const tooLong = () => onDesktop() && mailLink(line.made.value, body.made.value, address).length > MOST_OF_LINK
  function look() {
    const now = { subject: line.made.value, text: body.made.value }
    const left = blanks().length
    const asItWas = now.subject === subject && now.text === text
    if (asItWas) mended.delete(name)
    else mended.set(name, now)
    toFill.textContent = (left === 1 ? words.to_fill_one : words.to_fill_many).replace("$1", left)
    toFill.hidden = left === 0
    again.hidden = asItWas
    sms.href = smsLink(now.text)
    mail.href = mailLink(now.subject, tooLong() ? "" : now.text, address)
    asTall(body.made)
  }
  const copyText = async () => {
    const left = blanks().length
    const done = await copy(body.made.value, () => body.made.select())
    tell(said, !done ? words.refused : left ? `${words.copied} ${toFill.textContent}` : words.copied)
  }
  mail.addEventListener("click", () => {
    if (tooLong()) copy(body.made.value, () => {}).then((done) => tell(said, done ? words.to_paste : words.too_long))
  })
  for (const one of [line.made, body.made]) one.addEventListener("input", look)
  // The first time it is in sight, it has a width to be as tall as its words ask for.
  new ResizeObserver(() => asTall(body.made)).observe(line.made)
  look()
  return [
    ...(words.note ? [element("p", words.note)] : []),
    line.labelled,
    body.labelled,
    toFill,
    ways(
      button(words.copy, copyText, "first"),
      share(words.share, () => ({ title: line.made.value, text: body.made.value })),
      mail,
      sms,
      again,
    ),
    said,
    element("p", words.explained, { class: "explained" }),
  ]
}

export default function draw({ data, parentElement }) {
  let place = parentElement.querySelector(".message-to-send")
  if (!place) {
    place = element("section", [], { class: "message-to-send", "aria-label": data.words.title })
    parentElement.append(place)
  }
  const now = JSON.stringify(data)
  if (place.dataset.drawn === now || place.contains(document.activeElement)) return
  place.dataset.drawn = now
  place.replaceChildren(...shown(data))
}
