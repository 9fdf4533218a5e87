// The text of the workshop: kept in the tab over a reload, gone to by its lines, mended where a person says so.

const WORKSHOP_TEXT = "pensebete-workshop" // its name in the tab's storage
const WORKSHOP_BASE = "pensebete-workshop-base" // what it began from
const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/g // those that the server counts
let keptLength = -1

const workshopField = () => document.querySelector(".st-key-workshop-text textarea")

// An empty field is no reason to forget: after a reload it is empty until the server has heard of the text.
function keepWorkshopText() {
  const field = workshopField()
  if (!field?.value || field.value.length === keptLength) return
  keptLength = field.value.length
  tab.kept.set(WORKSHOP_TEXT, field.value)
}

function typeInWorkshop({ target }) {
  if (target !== workshopField()) return
  keptLength = target.value.length
  tab.kept.set(WORKSHOP_TEXT, target.value || null)
}

function followWorkshop(data) {
  requestAnimationFrame(keepWorkshopText) // a file that was dropped is shown by now
  if (data.draft_base) tab.kept.set(WORKSHOP_BASE, data.draft_base)
  const kept = data.draft_wanted && tab.kept.get(WORKSHOP_TEXT)
  if (!kept) return
  const base = tab.kept.get(WORKSHOP_BASE)
  once(`workshop ${data.visit}`, () => {
    if (base) tell("workshop_base", base)
    tell("workshop_text", kept)
  })
}

// Where in a text a place of the server's is: lines and columns are counted from 1, columns in characters.
function offsetOf(text, line, column) {
  let start = 0
  for (const end of text.matchAll(LINE_END)) {
    if (--line === 0) break
    start = end.index + end[0].length
  }
  if (line > 1) return text.length
  const characters = [...text.slice(start).split(LINE_END, 1)[0]]
  return start + characters.slice(0, column - 1).join("").length
}

function select(field, start, end, line) {
  const height = parseFloat(getComputedStyle(field).lineHeight)
  field.focus({ preventScroll: true })
  field.setSelectionRange(start, end)
  field.scrollTop = Math.max(0, (line - 4) * height)
  field.scrollLeft = 0
  field.scrollIntoView({ block: "center" })
}

function goToLine({ target }) {
  const field = workshopField()
  const button = field && target.closest?.("button.to-line")
  if (!button) return
  const line = Number(button.dataset.line)
  select(field, offsetOf(field.value, line, 1), offsetOf(field.value, line, Infinity), line)
}

// As if it were typed, so that the browser can take it back; the field is left for a moment, which tells the server.
function mendText({ target }) {
  const field = workshopField()
  const button = field && target.closest?.("button.mend")
  if (!button) return
  const edit = JSON.parse(button.dataset.edit)
  const place = (line, column) => offsetOf(field.value, line, column)
  select(field, place(edit.line, edit.column), place(edit.end_line, edit.end_column), edit.line)
  if (edit.text) document.execCommand("insertText", false, edit.text)
  else document.execCommand("delete")
  field.blur()
  field.focus({ preventScroll: true })
}

function watchWorkshop() {
  addEventListener("input", typeInWorkshop, true)
  addEventListener("pagehide", keepWorkshopText)
  addEventListener("pointerdown", keepWorkshopText, true)
  document.addEventListener("visibilitychange", keepWorkshopText)
  addEventListener("click", goToLine)
  addEventListener("click", mendText)
}
