// The framework's own words in the language of the page: it writes English alone and has no setting for it. What its date
// fields and lists say follows the browser's language instead; they are told that of the page (see index_html.py).
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

// The kinds of file that a field takes, as the language enumerates them.
function kindsBeside(element) {
  const field = element.closest('[data-testid="stFileUploader"]')?.querySelector("input[type=file]")
  const kinds = (field?.accept ?? "").split(",").filter((kind) => kind.startsWith("."))
  const named = [...new Set(kinds.map((kind) => kind.slice(1).toUpperCase()))]
  return new Intl.ListFormat(`${document.documentElement.lang}-CA`, { type: "disjunction" }).format(named)
}

function translated(text, element) {
  const trimmed = text.trim()
  if (!trimmed || trimmed.length > 300) return text
  for (const [pattern, sentence] of words[document.documentElement.lang] ?? words.fr) {
    const found = trimmed.match(pattern)
    if (!found) continue
    const said = sentence.replace(/\$(\d)/g, (_, n) => localised(found[n] ?? ""))
    return text.replace(trimmed, () => said.replace("$kinds", () => kindsBeside(element)))
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
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return new Date(`${text}T12:00`).toLocaleDateString(language, { dateStyle: "long" })
  if (MONTHS.includes(text)) return new Date(2000, MONTHS.indexOf(text)).toLocaleDateString(language, { month: "long" })
  return text
}

function put(holder, name, now, write) {
  const known = originals.get(holder) ?? {}
  const ours = written.get(holder) ?? {}
  if (now !== ours[name]) known[name] = now
  if (MISSING.test(known[name])) askForPageAnew()
  const text = translated(known[name], holder.parentElement)
  if (text !== now) write(text)
  if (text === known[name] && !(name in ours)) return // most of the page: nothing to remember
  ours[name] = text
  originals.set(holder, known)
  written.set(holder, ours)
}

function theirs(element) {
  const own = element?.closest(OURS)
  return !own || (own.matches('[data-testid="stMarkdownContainer"], pre') && own.closest(THEIRS))
}

// A part of the framework that could not be fetched, on a line that fell, stays missing for as long as the page lives, and
// an error stands in its place. What was said is kept: the page is asked for anew once the server answers, but not over
// and over where something on the way refuses that part.
const MISSING = /^Failed to fetch dynamically imported module/
const RELOADED = "pensebete-reloaded" // when that was, in the tab's storage
const SOON = 30_000 // milliseconds
let reloading = false

async function askForPageAnew() {
  const { kept } = window.pensebete
  if (reloading || Date.now() - Number(kept.get(RELOADED)) < SOON) return
  reloading = true
  for (;;) {
    const answer = await fetch(new URL("_stcore/health", window.__streamlit.BACKEND_BASE_URL)).catch(() => null)
    if (answer?.ok) break
    await new Promise((resolve) => setTimeout(resolve, 2000))
  }
  kept.set(RELOADED, String(Date.now()))
  location.reload()
}

// What is heard twice or means nothing, and what has no name, by the framework's own doing.
function mend(element) {
  // The area around its file field is named, and said in the same breath to be none.
  if (element.matches('[role="presentation"][aria-label]')) element.removeAttribute("aria-label")
  // The field behind the button that chooses a file; the button is told which file, by the label that is only seen.
  if (element.matches("input[type=file]")) element.setAttribute("aria-hidden", "true")
  if (element.matches('[data-testid="stFileUploaderDropzone"] button')) nameByLabel(element)
  // What is noted of an enterprise is offered to nobody who types in that browser later; the framework has no setting for it.
  if (element.matches("textarea")) element.setAttribute("autocomplete", "off")
  // A banner with nothing in it; and the ways to the pages, which are no more than a row for the framework.
  if (element.matches('[data-testid="stHeader"]')) element.setAttribute("role", "none")
  if (element.matches(".st-key-journey")) nameWays(element, "pages-of-journey")
  if (element.matches(".st-key-menu-ways")) nameWays(element, "pages-of-menu")
  // Those of the menu are made each time it opens.
  if (element.matches(".st-key-menu-ways a") && element.pathname === location.pathname)
    element.setAttribute("aria-current", "page")
}

// Both may stand on a page: each by its own name.
function nameWays(element, name) {
  if (element.getAttribute("role") === "navigation") return
  element.setAttribute("role", "navigation")
  element.setAttribute("aria-label", name)
}

let named = 0

function nameByLabel(button) {
  const label = button.closest('[data-testid="stFileUploader"]').querySelector('[data-testid="stWidgetLabel"]')
  if (!label) return
  button.id ||= `chooses-${++named}`
  label.id ||= `label-${named}`
  button.setAttribute("aria-labelledby", `${button.id} ${label.id}`)
}

function look(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    if (theirs(node.parentElement)) put(node, "text", node.data, (text) => (node.data = text))
  } else if (node.nodeType === Node.ELEMENT_NODE) {
    mend(node)
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
