// Elements, buttons, and buttons side by side. The components that draw their own have this before their own script
// (drawing.py). What is said in words is text, never HTML.

function element(name, content, attributes = {}) {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.append(...[content].flat())
  return made
}

// `label`: what it is called where its text says too little by itself.
function button(text, act, kind = "", label = "") {
  const made = element("button", text, { type: "button", class: kind, ...(label && { "aria-label": label }) })
  made.addEventListener("click", act)
  return made
}

const ways = (...offered) => element("div", offered.flat(), { class: "ways-to-send" })

