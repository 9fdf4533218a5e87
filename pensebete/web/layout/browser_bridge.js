// What the page needs of the browser and the framework does not give. Called each time the page is drawn.

const COPY = "pensebete" // the name of the dossier's copy in the tab's storage
const ASIDE = "pensebete-aside" // that of another dossier, which this tab held before and no one saved
const LINK = "#dossier=" // what stands before the token in a private link
const carriedOut = new Set() // orders are carried out once, however often the page is drawn
let screen = null
let watcher = null
let asideKnown = false // whether the server has set a dossier aside itself, or heard of one
let tell = null // what gives a value to the server, of the component as it was drawn last

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

// After « Suivant » or a link, a screen begins at its top and not where the thumb was, with the keyboard at its heading; or
// at the card of an item, with the keyboard in what is asked of it. The first screen of a visit begins by itself.
function beginScreen(now, item, field) {
  const before = screen
  screen = now
  if (before === null || before === now) return
  const samePage = before.split(" ")[0] === now.split(" ")[0]
  const main = document.querySelector('[data-testid="stMain"]')
  const wanted = () => {
    if (!item) return document.querySelector(samePage ? ".st-key-step-title h2" : "h1")
    const asked = document.querySelector(`.st-key-card-${item}`)
    if (field === "reason") return asked?.querySelector("input[type=text]")
    return asked?.querySelector("[role=radiogroup] input:checked") ?? asked?.querySelector("[role=radiogroup] input")
  }
  const patience = Date.now() + 10_000 // on a slow phone the card comes a good while after this script
  const begin = () => {
    // One is somewhere else already, or on one's way there.
    if (screen !== now || underWay) return
    const found = isDrawn() && wanted()
    if (!found) return Date.now() < patience && requestAnimationFrame(begin)
    if (item) document.querySelector(`.st-key-card-${item}`).scrollIntoView({ block: "start" })
    else found.tabIndex = -1
    found.focus({ preventScroll: true })
  }
  requestAnimationFrame(() => {
    if (!item && !underWay) main.scrollTo(0, 0)
    begin()
  })
}

// While the page is being drawn, the heading may still be that of the screen before.
const isDrawn = () => document.querySelector('[data-testid="stApp"]').dataset.testScriptState === "notRunning"

// Whoever pressed Tab since the last thing they did has the keyboard where they want it: it is not taken away.
let underWay = false

function followKeyboard(event) {
  if (event.type === "click" || event.key !== "Tab") underWay = false
  else underWay = true
}

// What has the keyboard is not under the bar of the ways on. The browser brings into sight what is out of it, and takes
// for seen what the bar covers.
function keepInSight(event) {
  requestAnimationFrame(() => {
    const bar = document.querySelector(".st-key-ways-on")
    if (!bar || bar.contains(event.target) || !event.target.matches(":focus-visible")) return
    const field = (event.target.closest("label") ?? event.target).getBoundingClientRect()
    const { top, bottom } = bar.getBoundingClientRect()
    const under = field.bottom > top && field.top < bottom
    if (under) document.querySelector('[data-testid="stMain"]').scrollBy(0, field.bottom - top + 8)
  })
}

// Which of the ways to the pages leads here; and the name of another language, to be read aloud in that language.
function tellWays(page, patience = 200) {
  const links = document.querySelectorAll(".st-key-journey a")
  if (!links.length && patience) return requestAnimationFrame(() => tellWays(page, patience - 1))
  for (const link of links) {
    if (link.getAttribute("href") === page) link.setAttribute("aria-current", "page")
    else link.removeAttribute("aria-current")
  }
  for (const button of document.querySelectorAll('[class*="st-key-language-"] button'))
    button.lang = button.closest('[class*="st-key-language-"]').className.match(/st-key-language-([a-z]+)/)[1]
}

// « Aller au contenu » passes over the ways to the pages: what it leads to holds them too.
function passOverWays(event) {
  if (!event.target.closest('a[href="#stMain"]')) return
  const heading = document.querySelector("h1")
  if (!heading) return
  event.preventDefault()
  event.stopPropagation() // the framework would go where it meant to
  heading.tabIndex = -1
  heading.focus()
}

// What was given is kept: said to those who do not see the progress change, once for answers that follow each other fast.
const voice = document.createElement("div")
voice.setAttribute("role", "status")
voice.className = "out-of-sight"
let speaking
let timesKept = 0

function sayKept(words) {
  const copy = document.querySelector(".st-key-tab-copy pre")
  if (!copy) return // nothing was said yet, or the page is being drawn anew
  const before = timesKept
  timesKept = copy.textContent ? JSON.parse(copy.textContent).times_kept : 0 // all was erased
  if (timesKept <= before) return // the copy also changes with the place, the language, the day, a dossier opened
  clearTimeout(speaking)
  speaking = setTimeout(() => {
    const progress = document.querySelector('[data-testid="stProgress"]')?.textContent ?? ""
    voice.textContent = `${words} ${progress}`
  }, 400)
}

// A button whose list was drawn anew may be another one: the keyboard, then nowhere, goes back to it.
function holdKeyboardAt(key, until = Date.now() + 10_000) {
  const button = document.querySelector(`.st-key-${key} button`)
  if (button && document.activeElement === document.body) button.focus({ preventScroll: true })
  if (Date.now() < until) setTimeout(() => holdKeyboardAt(key, until), 100)
}

// The server writes the dossier's copy into a hidden element; from there it goes to the storage.
function storeCopy() {
  const copy = document.querySelector(".st-key-tab-copy pre")
  if (!copy) return
  const before = sessionStorage.getItem(COPY)
  if (!copy.textContent) return sessionStorage.removeItem(COPY)
  sessionStorage.setItem(COPY, copy.textContent)
  setAside(before, JSON.parse(copy.textContent))
}

// Another dossier came into the tab. What was typed before, and saved nowhere, is not thrown away: it is offered.
function setAside(before, now) {
  const held = before && JSON.parse(before)
  if (held?.unsaved && held.id !== now.id) {
    sessionStorage.setItem(ASIDE, before)
    if (!asideKnown) tell?.("aside", before)
  }
}

function watchCopy(kept) {
  watcher?.disconnect()
  watcher = new MutationObserver(() => {
    storeCopy()
    sayKept(kept)
  })
  const place = document.querySelector(".st-key-tab-copy")
  if (!place) return requestAnimationFrame(() => watchCopy(kept)) // this script may come before the rest of the page
  watcher.observe(place, { childList: true, subtree: true, characterData: true })
  storeCopy()
  sayKept(kept)
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

let listening = false

export default function ({ data, setTriggerValue }) {
  speak(data.language)
  beginScreen(data.screen, data.item, data.field)
  tellWays(data.screen.split(" ")[0])
  if (!voice.isConnected) document.body.append(voice)
  const copy = sessionStorage.getItem(COPY)
  if (data.nothing_said && copy) once(`copy ${data.visit}`, () => setTriggerValue("found", copy))
  tell = setTriggerValue
  asideKnown = data.aside_known
  if (data.forget_aside !== null) once(`forget ${data.forget_aside}`, () => sessionStorage.removeItem(ASIDE))
  watchCopy(data.kept)
  // Until it is heard: a value given while the component's data change is not.
  if (data.keyboard_at !== null) once(data.keyboard_at[0], () => holdKeyboardAt(data.keyboard_at[1]))
  const aside = sessionStorage.getItem(ASIDE)
  if (aside && !asideKnown) setTriggerValue("aside", aside)
  arriveByLink(data.link_path)
  if (!listening) {
    watchConnection()
    addEventListener("hashchange", () => arriveByLink(data.link_path))
    addEventListener("pointerdown", leaveField, true)
    addEventListener("focusin", keepInSight)
    addEventListener("keydown", followKeyboard, true)
    addEventListener("click", followKeyboard, true)
    addEventListener("click", passOverWays, true)
    listening = true
  }
  const order = `link ${data.link_order}`
  // Cut short by a page that is left, it is asked again when the page is next drawn.
  if (data.link !== null) once(order, () => putLink(data.link_path, data.link).catch(() => carriedOut.delete(order)))
}
