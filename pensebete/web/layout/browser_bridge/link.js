// The dossier of the tab, and private links. What happens before the page is drawn is in server/tab_start.js.

const tab = window.pensebete

// What the server asks the page to say to it again, by a request: only the answer to one can set a cookie. One after the
// other, since each answer counts on the cookies of the one before.
let orders = Promise.resolve()

function carryOut(asked) {
  for (const [id, order] of asked)
    once(`link ${id}`, () => {
      orders = orders.then(() => carryOutOne(order)).catch(() => carriedOut.delete(`link ${id}`)) // the page was left
    })
}

async function carryOutOne(order) {
  const leaves = order.match(/^(?:forget|gone):(.+)$/)
  if (leaves) forgetNewLinks((link) => link.dossier === leaves[1])
  const response = await tab.ask(order)
  // A link that was just made, and that this browser will not find again.
  if (!response.ok && !order.includes(":")) tell?.("refused", (await response.json()).refused)
}

// Links made in this tab and not noted yet go with their dossier.
function forgetNewLinks(which) {
  let links = []
  try {
    links = JSON.parse(tab.kept.get(tab.NEW_LINKS)) ?? []
  } catch {} // not ours: it goes too
  const left = links.filter((link) => !which(link))
  tab.kept.set(tab.NEW_LINKS, left.length ? JSON.stringify(left) : null)
}
