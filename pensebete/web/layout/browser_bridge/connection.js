// The line to the server.

// Why the fields are closed, before the eyes of whoever was about to type, and told to those who do not see them close.
const lineWords = document.createElement("p")
lineWords.setAttribute("role", "status")
lineWords.className = "line-words"
let wordsOfLine = {} // in the language of the page as it was drawn last
let visitDrawn = null // the visit that the page was drawn of
let visitOfDesk = null // that whose desk had dossiers when the line fell: they lie in that visit alone
const BACK_FOR = 4000 // milliseconds, that the line is said to be back

function tellLine(words) {
  if (!lineWords.isConnected) document.body.append(lineWords)
  lineWords.textContent = words
}

// When a lost connection returns, the framework shows what was there, even to a server that started anew and has never
// heard of it. The page is asked for again, and with it what the tab kept.
function watchConnection() {
  const app = document.querySelector('[data-testid="stApp"]')
  let connected = true
  tellLine("")
  new MutationObserver(() => {
    const now = app.dataset.testConnectionState === "CONNECTED"
    if (!now) tab.stateAgain() // before the line returns: the first thing asked of the server then says the dossier
    if (!now && connected) visitOfDesk = document.querySelector(".desk-rows, .st-key-desk-sheet") && visitDrawn
    if (now && !connected) {
      tell("returned", Date.now())
      dispatchEvent(new Event("pensebete-line-is-back")) // what was tapped meanwhile is told (components/taps.js)
    }
    if (!now && connected) tellLine(tab.keepsNothing() ? wordsOfLine.cut_unkept : wordsOfLine.cut)
    else if (now && !connected) {
      tellLine(wordsOfLine.back)
      setTimeout(() => lineWords.textContent === wordsOfLine.back && tellLine(""), BACK_FOR)
    }
    connected = now
  }).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] })
}
