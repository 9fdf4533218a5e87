// The copy of the dossier in the tab, and another dossier which the tab held before.

const REMARKS = "pensebete-remarks" // that of a copy whose remarks and answers the server has not heard of yet
let watcher = null
let asideKnown = false // whether the server has set a dossier aside itself, or heard of one

// The server writes the dossier's copy into a hidden element; from there it goes to the storage. A tab that holds words
// and no saved dossier says so from then on: it is not to be given another one.
function storeCopy() {
  const copy = document.querySelector(".st-key-tab-copy pre")
  if (!copy) return
  const before = tab.kept.get(COPY)
  if (!copy.textContent) {
    forgetNewLinks(() => true) // all was erased
    tab.kept.set(DRAFTS, null)
    tab.kept.set(REMARKS, null)
    dispatchEvent(new Event("pensebete-erased")) // the ready messages that were mended go too (message_to_send.js)
    if (before) eraseKept(JSON.parse(before))
    return tab.kept.set(COPY, null)
  }
  const now = JSON.parse(copy.textContent)
  const held = before && JSON.parse(before)
  // A dossier that comes in from what this browser kept brings the words that were being typed in it.
  const brought = held?.id !== now.id && draftsOf(now.id) !== null
  if (held?.dossier !== now.dossier && !brought) forgetDraftsLeft()
  tab.kept.set(COPY, copy.textContent)
  keepTrue()
  if (!tab.kept.get(tab.DOSSIER) && !now.saved && !now.waits_to_open) tab.kept.set(tab.DOSSIER, tab.OWN)
  setAside(before, now)
  handOverRemarks(before, now)
}

// Another dossier came into the tab, or what is saved of the same one. What was typed before, and saved nowhere, is not
// thrown away: it is offered.
function setAside(before, now) {
  const held = before && JSON.parse(before)
  const another = held?.id !== now.id || (held?.visit !== now.visit && now.saved && held?.dossier !== now.dossier)
  if (held?.unsaved && another) {
    tab.kept.set(ASIDE, before)
    if (!asideKnown) tell?.("aside", before)
  }
}

// The saved dossier was opened anew: what was remarked and answered in this tab before may not have come to the database.
function handOverRemarks(before, now) {
  const held = before && JSON.parse(before)
  if (!held?.review || !now.saved || held.id !== now.id || held.visit === now.visit) return
  tab.kept.set(REMARKS, before)
  tell?.("remarks", before)
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
