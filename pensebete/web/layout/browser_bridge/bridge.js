// Called each time the page is drawn. The other files of this folder stand before it in one module (browser_bridge.py).

const carriedOut = new Set() // orders are carried out once, however often the page is drawn
let tell = null // what gives a value to the server, of the component as it was drawn last

function once(id, order) {
  if (carriedOut.has(id)) return
  carriedOut.add(id)
  order()
}

let handedOverBefore = null // the copy of a tab whose saved dossier is opened anew, where its PDF was handed over

let listening = false

export default function ({ data, setTriggerValue }) {
  speak(data.language)
  movedDay = data.moved_day
  beginScreen(data.screen, data.item, data.field)
  tellWays(data.screen.split(" ")[0])
  if (!voice.isConnected) document.body.append(voice)
  const copy = tab.kept.get(COPY)
  if (data.nothing_said && copy) once(`copy ${data.visit}`, () => setTriggerValue("found", copy))
  tell = setTriggerValue
  once("handed over", () => (handedOverBefore = copy && JSON.parse(copy).handed_over ? copy : null))
  if (data.handed_over_heard || data.nothing_said) handedOverBefore = null
  else if (handedOverBefore) setTriggerValue("handed_over", handedOverBefore)
  wordsOfLine = data.line
  visitDrawn = data.visit
  // Until it is heard: a value given while the component's data change is not.
  if (data.hears_of_lost_desk && visitOfDesk && visitOfDesk !== data.visit) setTriggerValue("desk_lost", Date.now())
  followDrafts(data)
  followWorkshop(data)
  asideKnown = data.aside_known
  if (data.forget_aside !== null) once(`forget ${data.forget_aside}`, () => tab.kept.set(ASIDE, null))
  const remarks = tab.kept.get(REMARKS)
  if (remarks && data.remarks_heard) tab.kept.set(REMARKS, null)
  else if (remarks) setTriggerValue("remarks", remarks)
  watchCopy(data.kept)
  tellKept()
  // Until it is heard: a value given while the component's data change is not.
  if (data.keyboard_at !== null) once(data.keyboard_at[0], () => holdKeyboardAt(data.keyboard_at[1], data.keyboard_at[2]))
  const aside = tab.kept.get(ASIDE)
  if (aside && !asideKnown) setTriggerValue("aside", aside)
  if (data.forget_offer !== null) once(`offer ${data.forget_offer}`, () => tab.kept.set(tab.OFFER, null))
  carryOut(data.link_orders)
  if (!listening) {
    watchConnection()
    addEventListener("input", keepDraft, true)
    addEventListener("pointerdown", leaveField, true)
    addEventListener("focusin", keepInSight)
    addEventListener("keydown", followKeyboard, true)
    addEventListener("click", followKeyboard, true)
    addEventListener("click", passOverWays, true)
    addEventListener("click", goToPart, true)
    addEventListener("focusout", tellMovedDay, true)
    addEventListener("click", goOnOnce, true)
    addEventListener("click", closeMenu)
    addEventListener("pagehide", keepTrue) // with the words that are still being typed
    addEventListener("storage", tellKept)
    watchHeight()
    watchWorkshop()
    listening = true
  }
}
