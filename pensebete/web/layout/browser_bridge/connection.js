// The line to the server.

// When a lost connection returns, the framework shows what was there, even to a server that started anew and has never
// heard of it. The page is asked for again, and with it what the tab kept.
function watchConnection() {
  const app = document.querySelector('[data-testid="stApp"]')
  let connected = true
  new MutationObserver(() => {
    const now = app.dataset.testConnectionState === "CONNECTED"
    if (!now) tab.stateAgain() // before the line returns: the first thing asked of the server then says the dossier
    if (now && !connected) tell("returned", Date.now())
    connected = now
  }).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] })
}
