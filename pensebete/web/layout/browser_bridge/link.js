// Private links.

const LINK = "#dossier=" // what stands before the token

function server(path) {
  return (window.__streamlit?.BACKEND_BASE_URL ?? `${location.origin}/`).replace(/\/$/, "") + path
}

const putLink = (path, token) => fetch(server(path), { method: "POST", body: token })

// A private link: its token leaves the address before anything else happens, and becomes a cookie.
async function arriveByLink(path) {
  if (!location.hash.startsWith(LINK)) return
  const token = location.hash.slice(LINK.length)
  history.replaceState(null, "", location.pathname + location.search)
  await putLink(path, token)
  location.reload()
}
