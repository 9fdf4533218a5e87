// The framework's own words in the language of the page: it writes English alone and has no setting for it. What its date
// fields and lists say follows the browser's language instead; they are told that of the page (see page_html.py).
//
// The words come from the catalogues, in the page itself: [English, as a pattern from end to end; sentence]. A text is
// replaced where it matches whole, outside whatever holds our own sentences or a visitor's.

const words = JSON.parse(document.getElementById("framework-words").textContent)
for (const language in words)
  words[language] = words[language].map(([pattern, sentence]) => [new RegExp(`^(?:${pattern})$`, "s"), sentence])

const OURS = '[data-testid="stMarkdownContainer"], [data-testid="stText"], [data-testid="stIconMaterial"], .stHtml, pre, svg'
const THEIRS = '[data-testid="stDialog"], [data-testid="stFileUploader"], [role="dialog"]' // may hold Markdown of theirs
const ATTRIBUTES = ["aria-label", "title", "placeholder", "aria-roledescription", "aria-valuetext"]
const MONTHS = Array.from({ length: 12 }, (_, n) => new Date(2000, n).toLocaleDateString("en", { month: "long" }))
const originals = new WeakMap() // text node or element -> what the framework wrote there
const written = new WeakMap() // -> what was written in its place

function translated(text) {
  const trimmed = text.trim()
  if (!trimmed || trimmed.length > 300) return text
  for (const [pattern, sentence] of words[document.documentElement.lang] ?? words.fr) {
    const found = trimmed.match(pattern)
    if (found) return text.replace(trimmed, () => sentence.replace(/\$(\d)/g, (_, n) => localised(found[n] ?? "")))
  }
  return text
}

// A size, a month or a date as the language writes it. The framework counts in thousands of bytes.
function localised(text) {
  const language = `${document.documentElement.lang}-CA`
  const size = text.match(/^([\d.]+)(B|KB|MB|GB)$/)
  if (size) {
    const unit = language === "fr-CA" ? { B: "o", KB: "ko", MB: "Mo", GB: "Go" }[size[2]] : size[2]
    return `${Number(size[1]).toLocaleString(language)}\u00a0${unit}`
  }
  if (/^[A-Z][a-z]+ \d{1,2}, \d{4}$/.test(text)) return new Date(text).toLocaleDateString(language, { dateStyle: "long" })
  if (MONTHS.includes(text)) return new Date(2000, MONTHS.indexOf(text)).toLocaleDateString(language, { month: "long" })
  return text
}

function put(holder, name, now, write) {
  const known = originals.get(holder) ?? {}
  const ours = written.get(holder) ?? {}
  if (now !== ours[name]) known[name] = now
  const text = translated(known[name])
  if (text !== now) write(text)
  if (text === known[name] && !(name in ours)) return // most of the page: nothing to remember
  ours[name] = text
  originals.set(holder, known)
  written.set(holder, ours)
}

function theirs(element) {
  const own = element?.closest(OURS)
  return !own || (own.matches('[data-testid="stMarkdownContainer"]') && own.closest(THEIRS))
}

function look(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    if (theirs(node.parentElement)) put(node, "text", node.data, (text) => (node.data = text))
  } else if (node.nodeType === Node.ELEMENT_NODE) {
    // The framework names the area around its file field and says in the same breath that it is none.
    if (node.matches('[role="presentation"][aria-label]')) node.removeAttribute("aria-label")
    for (const name of ATTRIBUTES)
      if (node.hasAttribute(name)) put(node, name, node.getAttribute(name), (text) => node.setAttribute(name, text))
    for (const child of node.childNodes) look(child)
  }
}

new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(look)
    else if (change.target === document.documentElement) {
      dispatchEvent(new Event("languagechange"))
      look(document.body)
    } else if (document.body.contains(change.target)) look(change.target)
  }
}).observe(document.documentElement, {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeFilter: [...ATTRIBUTES, "lang"],
})
look(document.body)
