// What a visitor sees of the dossiers kept in this browser (keep_here.py), drawn from the storage alone: the server hears
// of one when its visitor goes on with it. `found`, at the top of a page: those of before, and what became of the one that
// this tab follows. `offer`: whether this one is kept, how to have it so and how to undo it. `others`: those beside it.

const removed = new Map() // of this page: name -> what it was, which a tap brings back
let expired = null // whose went by themselves, when this page was opened

const line = (text, attributes = {}) => element("p", text, attributes)

const isPhone = () => matchMedia("(pointer: coarse)").matches && Math.min(screen.width, screen.height) < 600

// « mercredi 25 nov. à 14 h 05 », by the visitor's clock; a day alone, « 23 février ».
function moment(when, { say, locale }) {
  const day = { weekday: "long", day: "numeric", month: "short" }
  const time = { hour: "numeric", minute: "2-digit" }
  const [date, at] = [day, time].map((part) => new Intl.DateTimeFormat(locale, part).format(new Date(when)))
  return say("moment", { date: date.replace(" ", "\u00a0"), at: at.replaceAll(" ", "\u00a0") })
}
const dayOf = (when, locale) =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" }).format(new Date(when)).replace(" ", "\u00a0")

// What is drawn in a place, from the words of the server: `say("found.one", { name })`.
function draw(place) {
  const { data } = place
  const locale = `${data.language}-CA`
  const here = data.words[isPhone() ? "phone" : "device"]
  // At once, for a name may hold a dollar; and one point at the end, after « 2:05 p.m. ».
  const say = (id, values = {}) =>
    data.words[id].replace(/\$([a-z]+)/g, (whole, name) => ({ here, ...values })[name] ?? whole).replace(/\.\.$/, ".")
  const view = { say, place, data, locale, whose: (one) => one.whose || say("unnamed"), when: (one) => moment(one.changed, view) }
  const drawn = { found: foundHere, offer: offerHere, others: othersHere }[data.part](view)
  const now = JSON.stringify(drawn.map((one) => one.outerHTML))
  if (place.drawn === now) return
  place.drawn = now
  const keyboard = place.contains(document.activeElement)
  place.replaceChildren(...drawn)
  if (keyboard || place.wanted) (place.querySelector(place.wanted ?? "[tabindex]") ?? place.querySelector("[tabindex]"))?.focus()
  place.wanted = null
}

// One copy: whose and of when, with what can be done about it.
function oneKept(one, { say, place, whose, when }, alone) {
  if (removed.has(one.name)) {
    const back = () => {
      if (setKept(one.name, one.text)) removed.delete(one.name) // where there is no room any more, it can be tried again
      tellKept()
    }
    return element("li", [
      line(say("removed.other", { name: whose(one) }), { role: "status", tabindex: "-1" }),
      ways(button(say("bring_back"), back, "", say("bring_back.named", { name: whose(one) }))),
    ])
  }
  const remove = () => {
    removed.set(one.name, one)
    place.wanted = '[role="status"]'
    removeKept(one.name)
  }
  if (one.damaged) {
    return element("li", [line(say("damaged"), { tabindex: "-1" }), ways(button(say("remove"), remove))])
  }
  const told = { name: whose(one), when: when(one) }
  return element("li", [
    line(say(alone ? "found.one" : "found.which", told), { tabindex: "-1" }),
    ways(
      button(say("resume"), () => goOn(one, place), "first", say("resume.named", told)),
      button(say("remove"), remove, "", say("remove.named", told)),
    ),
  ])
}

// What this tab held and that copy does not have is set aside, in the tab's storage too.
function goOn(one, place) {
  const { copy, nothingNew } = standing()
  if (copy?.unsaved && !nothingNew) ofTab.set(ASIDE, ofTab.get(COPY))
  follow(one.inside, one.name, one.stamp)
  ofTab.set(REFUSED, null)
  if (one.drafts) ofTab.set(DRAFTS, one.drafts)
  tapped(place, JSON.stringify({ copy: one.copy, nothing_new: Boolean(nothingNew) }))
}

function listed(kept, view) {
  const shown = [...kept, ...[...removed.values()].filter((one) => !kept.some(({ name }) => name === one.name))]
  const alone = shown.length === 1 && view.data.part === "found"
  return shown.length ? [element("ul", shown.map((one) => oneKept(one, view, alone)))] : []
}

function foundHere(view) {
  const { say, data, place, whose, when } = view
  expired ??= removeExpired()
  const told = expired.map((one) => line(say("expired", { name: whose(one), days: DAYS_HERE })))
  const { what, found, follows } = standing()
  if (what === "kept" && place.both) told.push(line(say("both"), { role: "status", tabindex: "-1" }))
  if (what === "changed") {
    const go = found.damaged ? [] : button(say("changed.resume"), () => goOn(found, place), "first")
    const sentence = found.damaged ? say("changed.damaged") : say("changed", { when: when(found) })
    told.push(line(sentence, { role: "status" }), ...asking(view, (keep) => ways(go, button(say("changed.keep"), keep))))
  } else if (what === "refused") told.push(line(say("failed"), { role: "status" }))
  else if (what === "gone") told.push(line(say("gone"), { role: "status" }), ways(button(say("seen"), stopFollowing)))
  if (data.offered) {
    const kept = allKept().filter((one) => one.name !== follows?.name)
    if (kept.length > 1) told.push(line(say("found.several", { count: kept.length })))
    told.push(...listed(kept, view))
  }
  return told.length ? [element("section", told, { "aria-label": say("found.title") })] : []
}

// Where as many are kept as may be, the oldest is named before it makes room.
function asking(view, offer) {
  const { say, place, whose, when } = view
  const keep = () => {
    place.refused = false
    if (allKept().length >= MOST_HERE) place.full = true
    else place.both = !(place.refused = !beginKeeping())
    place.wanted = place.full ? "button" : "[tabindex]"
    draw(place)
  }
  const all = allKept()
  if (!place.full || all.length < MOST_HERE) return [offer(keep), ...(place.refused ? [refusal(say)] : [])]
  const oldest = all.findLast((one) => !one.damaged) ?? all.at(-1)
  const told = { count: all.length, name: oldest.damaged ? say("unnamed") : whose(oldest), when: oldest.damaged ? "?" : when(oldest) }
  const replace = () => {
    place.full = false
    // First the new one: where the browser refuses it, nothing has gone.
    place.refused = !beginKeeping()
    if (!place.refused) removeKept(oldest.name)
    draw(place)
  }
  const leave = () => {
    place.full = false
    place.wanted = "button"
    draw(place)
  }
  return [line(say("full", told), { role: "status" }), ways(button(say("full.yes", told), replace), button(say("full.no"), leave))]
}

const refusal = (say) => line(say("refused"), { role: "status", tabindex: "-1" })

// The copy from before of a dossier that is saved now.
const leftOf = (copy, data) =>
  copy && (data.saved || copy.saved) && allKept().find((one) => !one.damaged && isSameDossier(one.inside, copy))

function offerHere(view) {
  const { say, place, data, when, locale } = view
  const { what, copy, found } = standing()
  const title = (text) => element("h2", text)
  if (!copy) return []
  if (data.saved || copy.saved) {
    const left = leftOf(copy, data)
    if (!left) return []
    const told = line(say("before_saved", { when: when(left) }), { tabindex: "-1" })
    return [element("section", [title(say("title")), told, ways(button(say("remove"), () => removeKept(left.name)))])]
  }
  if (what === "kept" || what === "refused" || what === "changed") {
    const until = dayOf(new Date(found.at ?? Date.now()).getTime() + DAYS_HERE * A_DAY, locale)
    const remove = () => {
      place.justRemoved = true
      place.wanted = "[tabindex]"
      removeKept(found.name)
    }
    const now = what === "kept" ? say("kept", { when: moment(found.since, view), until }) : say(what === "changed" ? "kept.other" : "failed")
    const told = line(now, { role: "status", tabindex: "-1" })
    // What another tab said may be nowhere else: it is not removed from here before it was chosen.
    return [element("section", [title(say("kept.title")), told, ...(what === "changed" ? [] : [ways(button(say("remove"), remove))])])]
  }
  const other = allKept().find((one) => !one.damaged && isSameDossier(one.inside, copy))
  return [
    element("section", [
      title(say("title")),
      ...(place.justRemoved ? [line(say("removed"), { role: "status", tabindex: "-1" })] : []),
      line(say("explained")),
      line(say("shared")),
      ...(other ? [line(say("another_version", { when: when(other) }))] : []),
      ...asking(view, (keep) => ways(button(say("keep"), keep))),
      element("details", [element("summary", say("more")), line(say("how_long", { days: DAYS_HERE })), line(say("undo"))]),
    ]),
  ]
}

function othersHere(view) {
  const { say, data } = view
  const { follows, copy } = standing()
  const shownAbove = [follows?.name, leftOf(copy, data)?.name]
  const list = listed(allKept().filter((one) => !shownAbove.includes(one.name)), view)
  return list.length ? [element("section", [element("h2", say("others")), ...list])] : []
}

export default function show({ data, parentElement, setTriggerValue }) {
  let place = parentElement.querySelector(".kept-here")
  if (!place) {
    place = element("div", [], { class: "kept-here" })
    parentElement.append(place)
    addEventListener("pensebete-kept", () => place.isConnected && draw(place))
  }
  listenForTaps(place, data.heard, setTriggerValue)
  place.data = data
  draw(place)
}
