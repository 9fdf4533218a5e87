// Words still being typed: the server hears of them when their field is left, and a reload would lose them before. They lie
// in the tab's storage until the dossier has them, and are told to the server by the page that comes after a reload.

const FIELDS = '[data-testid="stTextArea"] textarea, [data-testid="stTextInput"] input[type=text]'
let draftsFor = null // the dossier of the page as it was drawn last; null while nothing is said
let fieldsEnd = "" // of the class of each field: the edition and the language, which a reload changes
let takesDrafts = false
let typing // until one pauses: what the browser keeps beyond the tab takes the words then

function drafts() {
  try {
    const { of, fields } = JSON.parse(tab.kept.get(DRAFTS))
    if (of === draftsFor) return fields
  } catch {} // none
  return {}
}

function keepDrafts(fields) {
  tab.kept.set(DRAFTS, Object.keys(fields).length ? JSON.stringify({ of: draftsFor, fields }) : null)
}

// The name of a field of the dossier; a form is sent as a whole, and keeps its own words.
function nameOfField(field) {
  if (!field?.matches?.(FIELDS) || field.closest('[data-testid="stForm"]')) return null
  const key = [...(field.closest('[class*="st-key-"]')?.classList ?? [])].find((name) => name.startsWith("st-key-"))
  return key?.endsWith(fieldsEnd) ? key.slice("st-key-".length, -fieldsEnd.length) : null
}

function keepDraft({ target }) {
  const name = takesDrafts ? nameOfField(target) : null
  if (!name) return
  keepDrafts({ ...drafts(), [name]: target.value })
  clearTimeout(typing)
  typing = setTimeout(keepTrue, 500)
}

// The dossier has just changed: what is in a field that was left is in it.
function forgetDraftsLeft(which = "") {
  const here = nameOfField(document.activeElement)
  keepDrafts(Object.fromEntries(Object.entries(drafts()).filter(([name]) => name === here || !name.startsWith(which))))
}

function followDrafts(data) {
  draftsFor = data.nothing_said ? null : data.assessment
  fieldsEnd = data.visit.replace("visit", "").replaceAll(".", "-")
  takesDrafts = data.takes_drafts
  if (data.idea_sent) forgetDraftsLeft("idea-")
  const waits = data.nothing_said && tab.kept.get(COPY) // the dossier itself comes first
  if (!takesDrafts || waits) return
  once(`drafts ${draftsFor}`, () => {
    const fields = drafts()
    if (Object.keys(fields).length) tell("drafts", JSON.stringify({ of: draftsFor, fields }))
  })
}
