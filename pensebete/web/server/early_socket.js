// The line to the server is opened while the framework's code is still on its way, and is the one that the framework gets
// when it asks for its first. Part of the page itself (index_html.py), after tab_start.js.
(async () => {
  const { WebSocket, __streamlit: told, pensebete } = window
  const UNUSED = 120_000 // milliseconds: longer than the code takes on the slowest line
  await pensebete.ready // a private link becomes a cookie first, which is sent as the line opens
  if (window.WebSocket !== WebSocket) return
  const address = new URL("_stcore/stream", told.BACKEND_BASE_URL)
  address.protocol = address.protocol.replace("http", "ws")
  // As the framework asks on its first try. The second word is of its accounts (st.login), which the app has none of; a
  // third one, of a session to go on with, is never in a first try.
  const protocols = ["streamlit", document.cookie.match(/\b_streamlit_xsrf=([^;]*)\b/)?.[1] ?? "PLACEHOLDER_AUTH_TOKEN"]
  const early = new WebSocket(address.href, protocols)
  early.binaryType = "arraybuffer"
  const came = []
  const hear = (event) => came.push(event.data)
  early.addEventListener("message", hear)

  const take = () => {
    clearTimeout(unused)
    early.removeEventListener("message", hear)
    window.WebSocket = WebSocket
  }
  const unused = setTimeout(() => {
    take()
    early.close()
  }, UNUSED)

  // The first line that is asked for, whichever: all others are the browser's own.
  window.WebSocket = new Proxy(WebSocket, {
    construct(_, [asked, asks]) {
      take()
      const same = new URL(asked, location.href).href === address.href && asks?.length === 2 && asks[0] === protocols[0]
      if (!same || early.readyState > WebSocket.OPEN) {
        early.close()
        return new WebSocket(asked, asks)
      }
      // What happened before somebody listened happens again once they do: they add their ears as soon as they have it.
      if (early.readyState === WebSocket.OPEN)
        queueMicrotask(() => {
          early.dispatchEvent(new Event("open"))
          for (const data of came) early.dispatchEvent(new MessageEvent("message", { data }))
        })
      return early
    },
  })
})()
