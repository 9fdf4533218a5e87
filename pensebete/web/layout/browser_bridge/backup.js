// The copy of the dossier in the tab, and another dossier which the tab held before.

const COPY = "pensebete" // the name of the copy in the tab's storage
const ASIDE = "pensebete-aside" // that of the other dossier, which no one saved
let watcher = null
let asideKnown = false // whether the server has set a dossier aside itself, or heard of one

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
