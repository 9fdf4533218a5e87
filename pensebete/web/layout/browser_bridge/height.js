// How far down one was on each screen, for Back, Forward and a reload: the framework scrolls a container, which no browser
// remembers.

const HEIGHTS = "pensebete-heights" // screen -> pixels, in the tab's storage
const MOST_KEPT = 50 // screens
const STILL_GROWS = 5000 // milliseconds in which a page that came back may still grow
const SETTLED = 700 // for so long it is whole, and where one was
let keptFor = null // the screen whose height is being kept
let comesTo = null // the screen that is being come back to, until the visitor does something
let cameByHistory = performance.getEntriesByType("navigation")[0]?.type !== "navigate"
addEventListener("popstate", () => (cameByHistory = true), true)

const mainPart = () => document.querySelector('[data-testid="stMain"]')
const name = (screen) => screen.split(" ").slice(0, 2).join(" ") // page and step

function heights() {
  try {
    return JSON.parse(tab.kept.get(HEIGHTS)) ?? {}
  } catch {
    return {}
  }
}

function keepHeight() {
  if (keptFor === null) return
  const { [keptFor]: _, ...others } = heights()
  const now = { ...others, [keptFor]: Math.round(mainPart().scrollTop) }
  tab.kept.set(HEIGHTS, JSON.stringify(Object.fromEntries(Object.entries(now).slice(-MOST_KEPT))))
}

function watchHeight() {
  let waits
  const scrolled = (event) => {
    if (event.target !== mainPart()) return
    clearTimeout(waits)
    // While another step is being drawn, the page grows and shrinks under the name of the one before.
    if (isDrawn()) waits = setTimeout(() => isDrawn() && keepHeight(), 150)
  }
  addEventListener("scroll", scrolled, true)
  for (const done of ["pointerdown", "keydown", "wheel"])
    addEventListener(done, () => {
      if (comesTo !== null) keptFor = comesTo
      comesTo = null
      keepHeight() // a way on is taken from where one is
    }, { capture: true, passive: true })
  addEventListener("pagehide", keepHeight)
}

// Whether one comes back to this screen: then it is shown at the height where one was, as soon as it is that long.
function comeBack(screen) {
  const height = cameByHistory ? heights()[name(screen)] : undefined
  cameByHistory = false
  keptFor = height ? null : name(screen) // what scrolls until then is not the visitor
  comesTo = height ? name(screen) : null
  const mayGrow = patience(STILL_GROWS)
  let since = Date.now()
  const go = () => {
    if (comesTo !== name(screen)) return
    const there = isDrawn() && Math.abs(mainPart().scrollTop - height) < 2
    if (!there) since = Date.now()
    mainPart().scrollTo(0, height)
    if (mayGrow() && Date.now() - since < SETTLED) return requestAnimationFrame(go)
    keptFor = comesTo
    comesTo = null
  }
  if (height) go()
  return Boolean(height)
}
