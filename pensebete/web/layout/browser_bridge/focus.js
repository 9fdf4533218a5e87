// Where a screen begins, and what has the keyboard.

let screen = null

// After « Suivant » or a link, a screen begins at its top and not where the thumb was, with the keyboard at its heading; or
// at the card of an item, with the keyboard in what is asked of it. The first screen of a visit begins by itself.
function beginScreen(now, item, field) {
  const before = screen
  if (before === now) return
  screen = now
  const back = comeBack(now)
  if (before === null) return
  const samePage = before.split(" ")[0] === now.split(" ")[0]
  const wanted = () => {
    if (!item) return document.querySelector(samePage ? ".st-key-step-title h2" : "h1")
    const asked = document.querySelector(`.st-key-card-${item}`)
    if (field === "reason") return asked?.querySelector("input[type=text]")
    return asked?.querySelector("[role=radiogroup] input:checked") ?? asked?.querySelector("[role=radiogroup] input")
  }
  const waits = patience(10_000) // on a slow phone the card comes a good while after this script
  const begin = () => {
    // One is somewhere else already, or on one's way there.
    if (screen !== now || underWay) return
    const found = isDrawn() && wanted()
    if (!found) return waits() && requestAnimationFrame(begin)
    if (!item) found.tabIndex = -1
    else if (!back) document.querySelector(`.st-key-card-${item}`).scrollIntoView({ block: "start" })
    found.focus({ preventScroll: true })
    // A step of which some cards have not come yet is not to be seen (questionnaire.css), and takes no keyboard.
    if (document.activeElement !== found && waits()) requestAnimationFrame(begin)
  }
  requestAnimationFrame(() => {
    if (!item && !underWay && !back) mainPart().scrollTo(0, 0)
    begin()
  })
}

// While the page is being drawn, the heading may still be that of the screen before; while the code of a part is on its
// way, a grey bar stands in its place.
const isDrawn = () =>
  document.querySelector('[data-testid="stApp"]').dataset.testScriptState === "notRunning" &&
  !document.querySelector('.st-key-page [data-testid="stSkeleton"]')

// Whether it is still worth waiting, for so many milliseconds: while the page is on its way the time stands still, for that
// takes as long as the server, the line and the phone take.
function patience(milliseconds) {
  let until
  return () => {
    if (!until || !isDrawn()) until = Date.now() + milliseconds
    return Date.now() < until
  }
}

// Whoever pressed Tab since the last thing they did has the keyboard where they want it: it is not taken away.
let underWay = false

function followKeyboard(event) {
  if (event.type === "click" || event.key !== "Tab") underWay = false
  else underWay = true
}

// A second tap of a hand that shakes: the way on that came under it leads to another step, which nobody asked for.
const A_DOUBLE_TAP = 300 // milliseconds
let wentOn = 0

function goOnOnce(event) {
  if (!event.target.closest(".st-key-ways-on button")) return
  const since = event.timeStamp - wentOn
  wentOn = event.timeStamp
  if (event.detail < 2 && !(event.pointerType === "touch" && since < A_DOUBLE_TAP)) return
  event.preventDefault()
  event.stopImmediatePropagation()
}

// The menu of a phone goes once a way was taken from it.
function closeMenu(event) {
  if (event.target.closest(".st-key-menu-ways a, .st-key-menu-last :is(a, button)"))
    setTimeout(() => document.querySelector('.st-key-menu button[aria-expanded="true"]')?.click())
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

// A button whose list was drawn anew may be another one: the keyboard, then nowhere, goes back to it, or from the button
// that refused a field to the field. The page moves only where it would not be seen.
function holdKeyboardAt(key, from, waits = patience(10_000)) {
  const wanted = document.querySelector(`.st-key-${key} :is(button, input, textarea, summary)`)
  const now = document.activeElement
  if (wanted && (now === document.body || (from && now.closest(`.st-key-${from}`)))) {
    wanted.focus({ preventScroll: true })
    wanted.scrollIntoView({ block: "nearest" })
    from = null // once: whoever goes back there means to
  }
  if (waits()) setTimeout(() => holdKeyboardAt(key, from, waits), 100)
}

// A link to a part of the page, `#part-NAME`, leads to what has that key. The address stays as it is: with a part in it the
// page would go there again each time it is drawn.
function goToPart(event) {
  const name = event.target.closest('a[href^="#part-"]')?.getAttribute("href").slice("#part-".length)
  const part = name && document.querySelector(`.st-key-${CSS.escape(name)}`)
  if (!part) return
  event.preventDefault()
  event.stopPropagation()
  const heading = part.querySelector("h2, h3, summary") ?? part
  if (!heading.matches("summary")) heading.tabIndex = -1
  part.scrollIntoView({ block: "start" })
  heading.focus({ preventScroll: true })
}

// The framework makes 28 February of the 31st, and says nothing: the field says it, until its date changes again.
let movedDay = ""

function tellMovedDay(event) {
  const field = event.target.closest?.('[data-testid="stDateInput"]')
  if (!field || event.target.dataset.type === undefined || field.contains(event.relatedTarget)) return
  const part = (type) => field.querySelector(`[role=spinbutton][data-type=${type}]`)
  const typed = part("day").getAttribute("aria-valuenow")
  const [year, month] = [part("year").innerText, part("month").getAttribute("aria-valuenow")]
  field.querySelector(".moved-day")?.remove()
  setTimeout(() => {
    const day = part("day")?.getAttribute("aria-valuenow")
    if (!typed || !day || day === typed || part("month").getAttribute("aria-valuenow") !== month) return
    const name = new Date(Number(year), Number(month) - 1).toLocaleDateString(document.documentElement.lang, { month: "long" })
    const note = document.createElement("p")
    note.className = "moved-day"
    note.setAttribute("role", "alert")
    note.textContent = [typed, name, day].reduce((words, value, n) => words.replace(`$${n + 1}`, value), movedDay)
    field.append(note)
  }, 300)
}

// A field gives its words to the server when it is left. On a phone it is left in the instant of the tap on something
// else, and the framework may then send the tap first and take the words for a wish to stay. A finger comes down well
// before the tap is done: the field is left then.
function leaveField(event) {
  const field = document.activeElement
  if (!field?.matches("input, textarea") || field.contains(event.target)) return
  if (event.target.closest("a, button, label, summary")) field.blur()
}
