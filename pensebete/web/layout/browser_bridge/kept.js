// A dossier that is kept in this browser beyond its tab, because its visitor asked for it: in localStorage, which every tab
// of the browser sees and which outlives them. The page's script keeps it true; kept_here.js, which has this file before it
// too, shows it. What they know lies in the storage alone.

const COPY = "pensebete" // the name of the dossier's copy in the tab's storage
const ASIDE = "pensebete-aside" // that of another dossier which this tab held, and no one saved
const DRAFTS = "pensebete-drafts" // of which dossier, and the words of each field by its name
const FOLLOWS = "pensebete-follows" // what of this browser's copies the tab keeps true, and as it was when it last did
const REFUSED = "pensebete-refused" // whether the browser refused the last word of it
const KEPT = "pensebete-kept-" // and a name of the moment: a copy in localStorage
const MOST_HERE = 3 // dossiers in a browser
const DAYS_HERE = 90 // without a change
const A_DAY = 24 * 60 * 60 * 1000 // milliseconds

const ofTab = window.pensebete.kept

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function setKept(name, value) {
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
    return true
  } catch {
    return false // refused, or full: what was there stays
  }
}

function getKept(name) {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function namesKept() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(KEPT))
  } catch {
    return []
  }
}

// One copy; `damaged` where it is none that this version can tell anything of: it is left as it is.
function readKept(name) {
  const text = getKept(name)
  if (text === null) return null
  try {
    const { version, stamp, since, at, copy, drafts } = JSON.parse(text)
    const inside = JSON.parse(copy)
    const { organisation, updated_at } = JSON.parse(inside.dossier)
    const changed = new Date(updated_at ?? at)
    if (version !== 1 || [new Date(since), new Date(at), changed].some(isNaN)) return { name, text, damaged: true }
    const whose = typeof organisation === "string" ? organisation.trim() : ""
    return { name, text, stamp: String(stamp), since, at, copy, drafts, inside, whose, changed }
  } catch {
    return { name, text, damaged: true }
  }
}

// The last one changed first, of one moment the last one kept; what is damaged last.
const allKept = () => {
  const [damaged, sound] = [true, false].map((is) => namesKept().map(readKept).filter((one) => one && Boolean(one.damaged) === is))
  return [...sound.sort((a, b) => b.changed - a.changed || new Date(b.at) - new Date(a.at)), ...damaged]
}

// Two dossiers of one id may be two enterprises', where one began from a copy of the other's file (same_enterprise.py).
// A name that is no text is none: what lies in the storage may have been written by anybody.
const folded = (name) => (typeof name === "string" ? name : "").normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase()
const nameIn = (copy) => folded(parsed(copy.dossier)?.organisation)
function isSameDossier(one, other) {
  const [a, b] = [nameIn(one), nameIn(other)]
  return one.id === other.id && !(a && b && a !== b)
}

const saidIn = (copy) => JSON.stringify([copy.dossier, copy.review ?? null, copy.replies ?? null])

function brief(text) {
  let sum = 0
  for (let n = 0; n < text.length; n++) sum = (Math.imul(sum, 31) + text.charCodeAt(n)) | 0
  return `${text.length} ${sum}`
}

const newName = () => [...crypto.getRandomValues(new Uint32Array(3))].map((n) => n.toString(16)).join("")
const draftsOf = (id) => (parsed(ofTab.get(DRAFTS))?.of === id ? ofTab.get(DRAFTS) : null)
const follow = (copy, name, stamp) =>
  ofTab.set(FOLLOWS, JSON.stringify({ strand: copy.strand, name, stamp, said: brief(saidIn(copy)) }))

// Where the dossier of this tab stands: `none` of the browser's copies is its own; one is, `kept` true, `refused` its last
// word by the browser, `changed` in another tab since, or `gone`. `copy`: what the tab holds. A saved dossier is followed by
// none: its link brings it back.
function standing() {
  const copy = parsed(ofTab.get(COPY))
  const follows = parsed(ofTab.get(FOLLOWS))
  if (!copy || copy.saved || !follows || follows.strand !== copy.strand) return { what: "none", copy }
  const found = readKept(follows.name)
  if (!found) return { what: "gone", copy, follows }
  if (found.damaged) return { what: "changed", copy, follows, found }
  if (found.stamp !== follows.stamp && saidIn(found.inside) !== saidIn(copy)) {
    return { what: "changed", copy, follows, found, nothingNew: follows.said === brief(saidIn(copy)) }
  }
  return { what: ofTab.get(REFUSED) ? "refused" : "kept", copy, follows, found }
}

// What is shown of it changed. The style sheet says in the header where the dossier is (kept.css).
function tellKept() {
  document.documentElement.classList.toggle("kept-in-browser", standing().what === "kept")
  dispatchEvent(new Event("pensebete-kept"))
}

// The copy that this tab follows becomes what the tab holds. Never over what another tab said: that one is offered.
function keepTrue() {
  const { what, copy, follows, found } = standing()
  if (what === "kept" || what === "refused") {
    const same = saidIn(found.inside) === saidIn(copy)
    const drafts = draftsOf(copy.id)
    if (!same || found.inside.place !== copy.place || (found.drafts ?? null) !== drafts || found.stamp !== follows.stamp) {
      write(copy, follows.name, found.since, same ? found.at : new Date().toISOString(), same ? found.stamp : newName())
    }
  }
  tellKept()
}

function write(copy, name, since, at, stamp) {
  const text = JSON.stringify({ version: 1, stamp, since, at, copy: ofTab.get(COPY), drafts: draftsOf(copy.id) })
  const done = setKept(name, text)
  if (done) follow(copy, name, stamp)
  ofTab.set(REFUSED, done ? null : "1")
  return done
}

// As asked: a copy of its own, beside those that are there. Whether the browser took it.
function beginKeeping() {
  const copy = parsed(ofTab.get(COPY))
  const now = new Date().toISOString()
  const done = copy !== null && write(copy, KEPT + newName(), now, now, newName())
  if (!done) ofTab.set(REFUSED, null) // there is no copy whose last word it could be
  tellKept()
  return done
}

function removeKept(name) {
  setKept(name, null)
  if (parsed(ofTab.get(FOLLOWS))?.name === name) stopFollowing()
  tellKept()
}

function stopFollowing() {
  ofTab.set(FOLLOWS, null)
  ofTab.set(REFUSED, null)
  tellKept()
}

// « Effacer »: nothing of that dossier stays in this browser.
function eraseKept(copy) {
  for (const one of allKept()) if (!one.damaged && isSameDossier(one.inside, copy)) removeKept(one.name)
  stopFollowing()
}

// What nobody changed for so long goes, but what this tab holds: whose it was. What a clock that was wrong kept on a day to
// come is counted from today, or it would stay for years.
function removeExpired() {
  for (const one of allKept()) {
    if (one.damaged || new Date(one.at) - Date.now() < A_DAY) continue
    setKept(one.name, JSON.stringify({ ...JSON.parse(one.text), at: new Date().toISOString() }))
  }
  const own = parsed(ofTab.get(FOLLOWS))?.name
  const gone = allKept().filter((one) => !one.damaged && one.name !== own && Date.now() - new Date(one.at) > DAYS_HERE * A_DAY)
  for (const one of gone) removeKept(one.name)
  return gone
}
