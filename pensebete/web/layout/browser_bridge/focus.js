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
  const patience = Date.now() + 10_000 // on a slow phone the card comes a good while after this script
  const begin = () => {
    // One is somewhere else already, or on one's way there.
    if (screen !== now || underWay) return
    const found = isDrawn() && wanted()
    if (!found) return Date.now() < patience && requestAnimationFrame(begin)
    if (!item) found.tabIndex = -1
    else if (!back) document.querySelector(`.st-key-card-${item}`).scrollIntoView({ block: "start" })
    found.focus({ preventScroll: true })
  }
  requestAnimationFrame(() => {
    if (!item && !underWay && !back) mainPart().scrollTo(0, 0)
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

// A button whose list was drawn anew may be another one: the keyboard, then nowhere, goes back to it.
function holdKeyboardAt(key, until = Date.now() + 10_000) {
  const button = document.querySelector(`.st-key-${key} button`)
  if (button && document.activeElement === document.body) button.focus({ preventScroll: true })
  if (Date.now() < until) setTimeout(() => holdKeyboardAt(key, until), 100)
}

// A field gives its words to the server when it is left. On a phone it is left in the instant of the tap on something
// else, and the framework may then send the tap first and take the words for a wish to stay. A finger comes down well
// before the tap is done: the field is left then.
function leaveField(event) {
  const field = document.activeElement
  if (!field?.matches("input, textarea") || field.contains(event.target)) return
  if (event.target.closest("a, button, label, summary")) field.blur()
}
