// Private links and addresses of calendars that are not noted yet (link_to_send.py). They lie in the tab's storage, which
// goes with the tab, and are sent nowhere but where their visitor sends them.

const { kept, NEW_LINKS } = window.pensebete
const taken = new Set() // each is taken once, however often the page is drawn

function stored() {
  try {
    const found = JSON.parse(kept.get(NEW_LINKS))
    return Array.isArray(found) ? found : []
  } catch {
    return []
  }
}

const store = (links) => kept.set(NEW_LINKS, links.length ? JSON.stringify(links) : null)

// The links of a kind to show, the newest first; those that open nothing any more are forgotten.
function take({ dossier, kind, made, living }) {
  let links = stored()
  for (const { id, link, address } of made) {
    if (!taken.has(id)) links = [{ dossier, kind, link, address }, ...links]
    taken.add(id)
  }
  const ours = (one) => one.dossier === dossier && (one.kind ?? "link") === kind
  if (living) links = links.filter((one) => !ours(one) || String(one.link) in living)
  store(links)
  return links.filter(ours)
}

// Under this scheme an address opens the calendar of the machine, which follows it from there. Those of Android do not
// know it: a tap would do nothing.
const subscription = (address) => address.replace(/^https?:/, "webcal:")
const knowsSubscriptions = () => !/Android/.test(navigator.userAgent)

function shown({ address, link }, { words, living }, note) {
  const { title, email } = living?.[link] ?? { title: words.title, email: words.email }
  const message = `${words.message}\n\n${address}`
  const subscribe = knowsSubscriptions() && words.subscribe
  const code = element("code", address, { tabindex: "0" })
  const said = status()
  const select = () => {
    code.focus()
    getSelection().selectAllChildren(code)
  }
  const copyLink = async () => tell(said, (await copy(address, select)) ? words.copied : words.refused)
  return element("section", [
    element("h3", title, { tabindex: "-1" }),
    code,
    said,
    element("p", words.explained),
    ways(
      subscribe ? element("a", subscribe, { href: subscription(address), class: "first" }) : [],
      button(words.copy, copyLink, subscribe ? "" : "first"),
      share(words.send, () => ({ title: words.subject, text: words.message, url: address })),
      element("a", words.text, { href: smsLink(message) }),
      element("a", email, { href: mailLink(words.subject, message) }),
      button(words.noted, note, "noted"),
    ),
  ])
}

export default function draw({ data, parentElement, setTriggerValue }) {
  const unseen = data.made.some(({ id }) => !taken.has(id))
  const links = take(data)
  let place = parentElement.querySelector(".links-to-send")
  if (!place) parentElement.append((place = element("div", [], { class: "links-to-send" })))
  listenForTaps(place, data.heard, setTriggerValue)
  const drawn = (links) => JSON.stringify([links, data.words, data.living])
  if (place.dataset.drawn === drawn(links)) return
  const show = (links, before = []) => {
    place.dataset.drawn = drawn(links)
    place.replaceChildren(...before, ...links.map((link) => shown(link, data, note(link, links))))
  }
  const note = (link, links) => () => {
    store(stored().filter((one) => one.address !== link.address))
    tapped(place, "noted")
    const gone = element("p", data.words.gone, { tabindex: "-1", role: "status" })
    show(links.filter((one) => one.address !== link.address), [gone]) // said until there is something else to show
    gone.focus()
  }
  show(links)
  if (unseen) place.querySelector("h3")?.focus()
}
