// What is told to those who hear the page: its language, where one is, that an answer is kept.

// Screen readers take their voice from the language of the page; the server writes it when a visit begins, and a visitor
// may change it inside one. The cookie is for the next visit.
function speak(language) {
  document.documentElement.lang = language
  document.cookie = `pensebete-lang=${language}; path=/; max-age=31536000; samesite=lax`
}

// Which of the ways to the pages leads here; and the name of another language, to be read aloud in that language.
function tellWays(page, patience = 200) {
  const links = document.querySelectorAll(".st-key-journey a, .st-key-menu-ways a")
  if (!links.length && patience) return requestAnimationFrame(() => tellWays(page, patience - 1))
  for (const link of links) {
    if (link.getAttribute("href") === page) link.setAttribute("aria-current", "page")
    else link.removeAttribute("aria-current")
  }
  for (const button of document.querySelectorAll('[class*="st-key-language-"] button'))
    button.lang = button.closest('[class*="st-key-language-"]').className.match(/st-key-language-([a-z]+)/)[1]
}

// What was given is kept: said to those who do not see the progress change, once for answers that follow each other fast.
const voice = document.createElement("div")
voice.setAttribute("role", "status")
voice.className = "out-of-sight"
let speaking
let timesKept = 0

function sayKept(words) {
  const copy = document.querySelector(".st-key-tab-copy pre")
  if (!copy) return // nothing was said yet, or the page is being drawn anew
  const before = timesKept
  timesKept = copy.textContent ? JSON.parse(copy.textContent).times_kept : 0 // all was erased
  if (timesKept <= before) return // the copy also changes with the place, the language, the day, a dossier opened
  clearTimeout(speaking)
  speaking = setTimeout(() => {
    const progress = document.querySelector(".progress .out-of-sight")?.textContent ?? ""
    voice.textContent = `${words} ${progress}`
  }, 400)
}
