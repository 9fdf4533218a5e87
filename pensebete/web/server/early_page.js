// What is tapped before the app has come, on the page that stands in its place until then (early_page.py): seen as taken at
// once, kept, and done by a tap on the app's own control once that stands in the page. Part of the page itself (index_html.py).
(() => {
  const PATIENCE = 15_000 // milliseconds, for what a tap leads to
  const { kept, keepsNothing, DOSSIER, OFFER } = window.pensebete
  const early = () => document.getElementById("early")
  const taps = [] // controls, in the order in which they were tapped
  let led = false // whether one of them led to another screen

  // Whoever comes back is to see what is kept, not a first page that then turns into another one.
  function comesBack() {
    const says = new URL(location.href).searchParams
    if (location.hash || ["d", "link", "draft"].some((name) => says.has(name))) return true
    const ofTab = [DOSSIER, OFFER, "pensebete", "pensebete-aside", "pensebete-drafts"]
    if (ofTab.some((name) => kept.get(name)) || keepsNothing()) return true
    try {
      return Object.keys(localStorage).some((name) => name.startsWith("pensebete-kept-"))
    } catch {
      return true
    }
  }

  function say(words) {
    early().querySelector("[role=status]").textContent = words
  }

  // Of one question the newest word counts, and a choice tapped again is taken back; of the ways, the last one tapped.
  const question = (control) => control.closest("[role=radiogroup], [role=group]")
  function take(control) {
    const asked = question(control)
    const again = asked && !control.matches("input") && taps.includes(control)
    const goesBefore = (one) => one === control || (question(one) === asked && !asked?.matches("[role=group]"))
    for (const one of taps.filter(goesBefore)) {
      taps.splice(taps.indexOf(one), 1)
      mark(one, false)
    }
    if (again) return
    taps.push(control)
    mark(control, true)
    say(early().dataset.taken)
  }

  function mark(control, taken) {
    if (control.matches("input")) return // the browser shows which one is chosen
    control.classList.toggle("early-taken", taken)
    if (control.matches("[role=radio]")) control.setAttribute("aria-checked", taken)
    else if (control.matches("button, [role=button]")) control.setAttribute("aria-pressed", taken)
    const asks = control.querySelector("small") // the line under the name of a door
    if (asks) [asks.textContent, asks.dataset.instead] = [taken ? early().dataset.taken : asks.dataset.instead, asks.textContent]
  }

  const controlOf = (event) => event.target.closest?.("#early [data-own]")
  addEventListener("click", (event) => {
    const control = controlOf(event)
    if (!control || control.matches("input")) return
    if (event.ctrlKey || event.metaKey || event.shiftKey) return // in a tab of its own, as any link
    if (control.hreflang && !taps.length) return // nothing to keep: the page comes anew in the other language
    event.preventDefault()
    take(control)
  }, true)
  addEventListener("change", (event) => controlOf(event) && take(event.target), true)
  // A link that is a button obeys the space bar too.
  addEventListener("keydown", (event) => {
    if (event.key !== " " || !controlOf(event)?.matches("a")) return
    event.preventDefault()
    controlOf(event).click()
  }, true)

  // The app's own control of one that stands here.
  const own = (control) =>
    control?.dataset?.own && document.querySelectorAll(`#root ${control.dataset.own}`)[Number(control.dataset.nth ?? 0)]

  // Whether the app has drawn what it shows, and waits for who reads it.
  function stands() {
    const app = document.querySelector('[data-testid="stApp"]')
    const drawn = app?.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]')
    return drawn && app.dataset.testScriptState === "notRunning" && !app.querySelector(".st-key-page [data-testid=stSkeleton]")
  }

  const frame = () => new Promise(requestAnimationFrame)
  async function until(holds, milliseconds = Infinity) {
    const end = performance.now() + milliseconds
    while (!holds() && performance.now() < end) await frame()
  }

  async function done(control) {
    const found = own(control)
    // What an answer has already, nobody tapped here.
    const group = found?.closest("[role=radiogroup]")
    if (!found || group?.querySelector(":checked, [aria-checked=true]")) return
    const leads = "leads" in control.dataset
    found.click()
    led ||= leads
    await new Promise((then) => setTimeout(then, 100)) // the framework gathers what is tapped before it asks the server
    // On another screen the control is there no more, or is that of the page where one is (language.js).
    const isThere = () => !leads || !own(control) || own(control).matches("[aria-current=page]")
    await until(steady(() => stands() && isThere()), PATIENCE)
  }

  // Between the end of one run and the beginning of the next the page stands for an instant.
  function steady(holds) {
    let since = 0
    return () => {
      if (!holds()) since = 0
      else since ||= performance.now()
      return since && performance.now() - since > 100
    }
  }

  function leave() {
    const page = early()
    const focused = page.contains(document.activeElement) && document.activeElement
    const down = page.scrollTop
    page.remove()
    if (down && !led) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, down)
    if (!focused && !led) return
    const heading = document.querySelector("#root h1")
    if (heading) heading.tabIndex = -1
    const wanted = (!led && own(focused)) || heading
    wanted?.focus({ preventScroll: true })
  }

  async function takeOver() {
    const spoken = () => document.querySelector("[role=dialog]") // what the framework says over the page
    await until(() => !early() || stands() || spoken())
    while (taps.length && !spoken()) await done(taps.shift())
    if (early()) leave()
  }

  // The app's own script does not come, which every browser says with that word: what to do is said at once, and not after a
  // while (early_page.css). What was only to be fetched ahead is fetched again.
  addEventListener("error", ({ target, message }) => {
    if (target === window && /module/i.test(message)) early()?.classList.add("forsaken")
  })

  if (comesBack()) document.documentElement.classList.add("comes-back")
  addEventListener("DOMContentLoaded", () => {
    if (document.documentElement.classList.contains("comes-back")) early()?.remove()
    else if (early()) takeOver()
  })
})()
