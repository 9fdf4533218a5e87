// A text to paste elsewhere (copy_text.py).

export default function draw({ data, parentElement }) {
  let place = parentElement.querySelector(".text-to-copy")
  if (!place) {
    place = document.createElement("div")
    place.className = "text-to-copy"
    const title = document.createElement("label")
    const text = document.createElement("textarea")
    text.readOnly = true
    text.id = `text-to-copy-${crypto.getRandomValues(new Uint32Array(1))[0]}`
    title.htmlFor = text.id
    const button = document.createElement("button")
    button.type = "button"
    const said = document.createElement("p")
    said.setAttribute("role", "status")
    button.addEventListener("click", async () => {
      const done = await copy(text.value, () => text.select())
      tell(said, done ? place.words.copied : place.words.refused)
    })
    place.append(title, text, button, said)
    parentElement.append(place)
  }
  place.words = data.words
  const [title, text, button, said] = place.children
  title.textContent = data.words.message
  button.textContent = data.words.copy
  if (text.value !== data.text) {
    text.value = data.text
    text.rows = data.text.split("\n").length + 4 // lines that are longer than the field take two
    said.textContent = ""
  }
}
