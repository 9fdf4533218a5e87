// The dossier of the tab, and private links. What happens before the page is drawn is in server/tab_start.js.

const tab = window.pensebete

// What a link did in this tab, said to the server once; and what it answered to the question about another dossier.
function tellOfLinks(forgetOffer, copyIsTold, setTriggerValue) {
  if (forgetOffer !== null) once(`offer ${forgetOffer}`, () => tab.kept.set(tab.OFFER, null))
  if (copyIsTold) return // one thing at a time: the next run of the page comes once the copy is taken up
  const arrived = tab.kept.get(tab.ARRIVED)
  const offered = tab.kept.get(tab.OFFER)
  if (arrived) {
    tab.kept.set(tab.ARRIVED, null)
    setTriggerValue("arrived", arrived)
  }
  if (offered) once(`offered ${offered} ${tab.kept.get(tab.DOSSIER)}`, () => setTriggerValue("offered", offered))
  if (tab.refused) {
    setTriggerValue("refused", `${tab.refused} ${Date.now()}`)
    tab.refused = null
  }
}

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
  const response = await tab.ask(order)
  // A link that was just made, and that this browser will not find again.
  if (!response.ok && !order.includes(":")) tell?.("refused", `${(await response.json()).refused} ${Date.now()}`)
}
