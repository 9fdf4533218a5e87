// Which dossier this tab is about, known before the framework starts. Part of the page itself (index_html.py).
//
// The tab keeps the short id of its dossier in its own storage and says it in its address, `?d=`; the framework sends the
// address with all that it sends. The id opens nothing: for that there is a cookie, which no script can read.
window.pensebete = (() => {
  const DOSSIER = "pensebete-dossier" // the short id, or OWN
  const OWN = "tab" // a dossier that lives in this tab alone
  const OFFER = "pensebete-offer" // another dossier, of a link, which the visitor has not answered about yet
  const LINK_SAYS = "link" // what a link did in this tab, in the address: "opened", why it opened nothing, an OFFER
  const COPY = "pensebete" // the copy of the dossier (browser_bridge/backup.js)
  const NEW_LINKS = "pensebete-new-links" // links made in this tab, not noted yet (components/link_to_send.js)
  // That this browser opened a saved dossier, until it is closed. The cookies of links, which no script sees, are not sent where
  // one comes from another site: this one is, and tells nothing more (served_page.py).
  const OPENED = "pensebete-link-opened"
  const LINK = "#dossier=" // what stands before a token
  const DRAFT_LINK = "#draft=" // before that of a draft of the checklist, which a colleague shares
  const [push, replace] = [history.pushState.bind(history), history.replaceState.bind(history)]

  // Storage may be refused: then this page forgets with the page, and says so where a link needs it.
  const instead = new Map()
  let blocked = false
  const refused = () => {
    blocked = true
    document.documentElement.classList.add("keeps-nothing") // the page then says so (static/style/line.css)
  }
  const kept = {
    get(name) {
      try {
        return sessionStorage.getItem(name)
      } catch {
        refused()
        return instead.get(name) ?? null
      }
    },
    set(name, value) {
      if (name === DOSSIER && isShortId(value)) document.cookie = `${OPENED}=1; path=/; samesite=lax`
      try {
        if (value === null) sessionStorage.removeItem(name)
        else sessionStorage.setItem(name, value)
      } catch {
        refused()
        if (value === null) instead.delete(name)
        else instead.set(name, value)
      }
    },
  }

  function copy() {
    try {
      return JSON.parse(kept.get(COPY))
    } catch {
      return null
    }
  }

  const isShortId = (text) => /^[0-9a-f]{10}$/.test(text ?? "")
  const stated = (url) => url.searchParams.get("d")

  function addressWith(dossier, url = new URL(location.href)) {
    if (dossier) url.searchParams.set("d", dossier)
    else url.searchParams.delete("d")
    return url
  }

  function addressSaying(word, url = addressWith(kept.get(DOSSIER))) {
    if (word) url.searchParams.set(LINK_SAYS, word)
    else url.searchParams.delete(LINK_SAYS)
    return url
  }

  // A page change, and Back, keep the dossier: the framework drops from the address what it does not know. What only says
  // another dossier is no step of the visitor's, so Back does not lead to it.
  const beside = (url) => addressSaying(null, addressWith(null, new URL(url))).href
  // Nor is it one that the questionnaire says which step it begins at; and on the way to another page the framework would
  // first take the step out of the address that one leaves.
  const atNoStep = (url) => {
    const at = new URL(beside(url))
    at.searchParams.delete("step")
    return at.href
  }
  const onlySaysStep = (from, to) => beside(from) === atNoStep(from) && beside(from) === atNoStep(to)
  const isNoStep = (from, to) => beside(to) === beside(from) || onlySaysStep(from, to)
  const write = (way) => (state, unused, to) => {
    const url = new URL(to ?? location.href, location.href)
    if (stated(url)) kept.set(DOSSIER, stated(url))
    else addressWith(kept.get(DOSSIER), url)
    if (beside(url) !== beside(location.href) && onlySaysStep(url.href, location.href)) return
    return (isNoStep(location.href, url) ? replace : way)(state, unused, url)
  }
  history.pushState = write(push)
  history.replaceState = write(replace)
  const stateAgain = () => {
    const own = kept.get(DOSSIER)
    if (own && stated(new URL(location.href)) !== own) replace(history.state, "", addressWith(own))
  }
  addEventListener("popstate", stateAgain) // before the framework's own

  // Without a link: what this tab held goes before what the address says, unless somebody went to that address just now.
  function settle() {
    const says = stated(new URL(location.href))
    let own = kept.get(DOSSIER)
    const left = copy()
    // The version before had one link for the whole browser; of a dossier that it saved, the server says what it is.
    const savedBefore = left && left.saved === undefined && left.unsaved === false
    if (!own && left && !left.waits_to_open && !savedBefore) kept.set(DOSSIER, (own = OWN))
    if (own) {
      const wentThere = performance.getEntriesByType("navigation")[0]?.type === "navigate"
      if (isShortId(says) && says !== own && wentThere) kept.set(OFFER, says)
      stateAgain()
    } else if (says && !isShortId(says)) replace(history.state, "", addressWith(null))
    if (kept.get(OFFER)) replace(history.state, "", addressSaying(kept.get(OFFER)))
  }

  // A private link. The address keeps the token until the server has said what it opens: nothing is lost by a bad line.
  async function arrive() {
    const answer = await handOver(saidBehind(LINK))
    const own = kept.get(DOSSIER)
    const holdsAnother = (isShortId(own) && own !== answer.dossier) || (copy()?.unsaved && own !== answer.dossier)
    let done = answer.refused
    if (answer.dossier && holdsAnother) kept.set(OFFER, (done = answer.dossier))
    else if (answer.dossier) {
      kept.set(DOSSIER, answer.dossier)
      done = "opened"
    } else if (answer.refused === "unavailable" && !holdsAnother) {
      kept.set(DOSSIER, null) // the server has kept it, and opens it once the database is back
      done = null
    }
    const url = addressSaying(done)
    url.hash = ""
    replace(history.state, "", url.href.replace(/#$/, ""))
  }

  // The same for a draft: the address says which, or why it was not opened; the tab keeps nothing of it.
  async function arriveAtDraft() {
    const { draft, refused } = await askOnceOpen(`draft:${saidBehind(DRAFT_LINK)}`)
    const url = addressWith(kept.get(DOSSIER))
    url.searchParams.set("draft", draft ?? refused)
    url.hash = ""
    replace(history.state, "", url.href.replace(/#$/, ""))
  }

  async function handOver(token) {
    kept.get(DOSSIER)
    if (navigator.cookieEnabled && blocked) return { refused: "storage" }
    return askOnceOpen(token)
  }

  // What a link says, which anybody may have made. It gives no order to the server: those have a colon, no token has one.
  function saidBehind(mark) {
    let text = location.hash.slice(mark.length)
    try {
      text = decodeURIComponent(text)
    } catch {} // a percent sign that stands for itself: no token has one
    return text.replaceAll(":", "")
  }

  async function askOnceOpen(text) {
    if (!navigator.cookieEnabled) return { refused: "cookies" }
    for (;;) {
      try {
        const response = await ask(text.slice(0, 190))
        return response.status === 204 ? {} : await response.json()
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 2000)) // the line is down; the page says « Un instant »
      }
    }
  }

  const askedAt = (body) => (/^(forget-|own-)?draft:/.test(body) ? "draft-link" : "dossier-link")
  const ask = (body) => fetch(new URL(askedAt(body), window.__streamlit.BACKEND_BASE_URL), { method: "POST", body })

  const isLink = () => location.hash.startsWith(LINK)
  const isDraftLink = () => location.hash.startsWith(DRAFT_LINK)
  const takeUp = () => (isLink() ? arrive() : isDraftLink() ? arriveAtDraft() : null)
  // A link pasted in the address of a page that is open.
  addEventListener("hashchange", async () => {
    if (!isLink() && !isDraftLink()) return
    await takeUp()
    location.reload()
  })
  if (!isLink()) settle()
  return { kept, ask, stateAgain, ready: takeUp(), keepsNothing: () => blocked, DOSSIER, OWN, OFFER, NEW_LINKS }
})()
