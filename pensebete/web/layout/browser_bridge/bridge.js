// Called each time the page is drawn. The other files of this folder stand before it in one module (browser_bridge.py).

const carriedOut = new Set() // orders are carried out once, however often the page is drawn
let tell = null // what gives a value to the server, of the component as it was drawn last

function once(id, order) {
  if (carriedOut.has(id)) return
  carriedOut.add(id)
  order()
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
