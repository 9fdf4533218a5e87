// HTML of ours whose buttons are heard (live_html.py): one with data-open tells what it opens.

const focused = new Set() // the keyboard is sent there once, however often the page is drawn

export default function draw({ data, parentElement, setTriggerValue }) {
  let place = parentElement.querySelector(".live-html")
  if (!place) {
    place = document.createElement("div")
    place.className = "live-html"
    place.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-open]")
      if (button) tapped(place, button.dataset.open)
    })
    parentElement.append(place)
  }
  listenForTaps(place, data.heard, setTriggerValue)
  if (place.dataset.drawn !== data.drawn) {
    place.dataset.drawn = data.drawn
    place.innerHTML = data.html
  }
  if (!data.focus || focused.has(data.focus[0])) return
  focused.add(data.focus[0])
  const wanted = place.querySelector(data.focus[1])
  if (!wanted) return
  wanted.focus({ preventScroll: true })
  wanted.scrollIntoView({ block: data.focus[2] })
}
