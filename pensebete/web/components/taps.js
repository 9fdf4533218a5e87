// What was tapped in a component of ours is told to the server until it has heard it (session/taps.py): what is told while the line
// is cut reaches nobody, and of two things told before the first was heard the framework keeps the last. The components
// whose taps are for the server have this before their own script.

// Of the component as it was drawn last: `heard` is the number of the last tap that the server has heard.
function listenForTaps(place, heard, setTriggerValue) {
  if (!place.taps) {
    place.taps = [] // [number, what], the first tap first
    addEventListener("pensebete-line-is-back", () => place.isConnected && tellTaps(place))
  }
  place.heard = heard
  place.tellTaps = setTriggerValue
  place.taps = place.taps.filter(([number]) => number > heard)
}

function tapped(place, what) {
  place.taps.push([Math.max(Date.now(), place.heard + 1, (place.taps.at(-1)?.[0] ?? 0) + 1), what])
  tellTaps(place)
}

function tellTaps(place) {
  if (place.taps.length) place.tellTaps("tapped", place.taps)
}

