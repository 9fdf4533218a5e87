// What the page needs of the browser and the framework does not give. Called each time the page is drawn.

const COPY = "pensebete" // the name of the dossier's copy in the tab's storage
const LINK = "#dossier=" // what stands before the token in a private link
const carriedOut = new Set() // orders are carried out once, however often the page is drawn
let screen = null
let watcher = null

function once(id, order) {
  if (carriedOut.has(id)) return
  carriedOut.add(id)
  order()
}

// Screen readers take their voice from the language of the page; the server writes it when a visit begins, and a visitor
// may change it inside one. The cookie is for the next visit.
function speak(language) {
  document.documentElement.lang = language
  document.cookie = `pensebete-lang=${language}; path=/; max-age=31536000; samesite=lax`
}

// After « Suivant » or a link, a screen begins at its top and not where the thumb was, with the keyboard at its heading.
// The first screen of a visit begins there by itself.
function beginAtTheTop(now) {
  const before = screen
  screen = now
  if (before === null || before === now) return
  const samePage = before.split(" ")[0] === now.split(" ")[0]
  const begin = () => {
    document.querySelector('[data-testid="stMain"]').scrollTo(0, 0)
    const heading = document.querySelector(samePage ? ".st-key-step-title h2" : "h1")
    if (!heading) return
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }
  requestAnimationFrame(() => requestAnimationFrame(begin)) // the rest of the page is drawn after this script
}

// The server writes the dossier's copy into a hidden element; from there it goes to the storage.
function storeCopy() {
  const copy = document.querySelector(".st-key-tab-copy pre")
  if (!copy) return
  if (copy.textContent) sessionStorage.setItem(COPY, copy.textContent)
  else sessionStorage.removeItem(COPY)
}

function watchCopy() {
  watcher?.disconnect()
  watcher = new MutationObserver(storeCopy)
  watcher.observe(document.querySelector(".st-key-tab-copy"), { childList: true, subtree: true, characterData: true })
  storeCopy()
}

function server(path) {
  return (window.__streamlit?.BACKEND_BASE_URL ?? `${location.origin}/`).replace(/\/$/, "") + path
}

const putLink = (path, token) => fetch(server(path), { method: "POST", body: token })

// A private link: its token leaves the address before anything else happens, and becomes a cookie.
async function arriveByLink(path) {
  if (!location.hash.startsWith(LINK)) return
  const token = location.hash.slice(LINK.length)
  history.replaceState(null, "", location.pathname + location.search)
  await putLink(path, token)
  sessionStorage.removeItem(COPY) // what this tab was writing belongs to no dossier of that link
  location.reload()
}

// A field gives its words to the server when it is left. On a phone it is left in the instant of the tap on something
// else, and the framework may then send the tap first and take the words for a wish to stay. A finger comes down well
// before the tap is done: the field is left then.
function leaveField(event) {
  const field = document.activeElement
  if (!field?.matches("input, textarea") || field.contains(event.target)) return
  if (event.target.closest("a, button, label, summary")) field.blur()
}

// When a lost connection returns, the framework shows what was there, even to a server that started anew and has never
// heard of it. The page is asked for again, and with it what the tab kept.
function watchConnection() {
  const app = document.querySelector('[data-testid="stApp"]')
  let connected = true
  new MutationObserver(() => {
    const now = app.dataset.testConnectionState === "CONNECTED"
    if (now && !connected) tell("returned", Date.now())
    connected = now
  }).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] })
}

let tell = null
let listening = false

export default function ({ data, setTriggerValue }) {
  speak(data.language)
  beginAtTheTop(data.screen)
  const copy = sessionStorage.getItem(COPY)
  if (data.nothing_said && copy) once(`copy ${data.visit}`, () => setTriggerValue("found", copy))
  watchCopy()
  arriveByLink(data.link_path)
  tell = setTriggerValue
  if (!listening) {
    watchConnection()
    addEventListener("hashchange", () => arriveByLink(data.link_path))
    addEventListener("pointerdown", leaveField, true)
    listening = true
  }
  if (data.link !== null) once(`link ${data.link_order}`, () => putLink(data.link_path, data.link))
}
