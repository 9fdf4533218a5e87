// The same questions in SurveyJS, as its documentation says to show them; the PDF's code is asked for by the tap that
// wants one.
const survey = new Survey.Model(await (await fetch("model.json")).json())
survey.locale = "fr"
survey.render(document.getElementById("survey"))

const come = (src) =>
  new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject }))
  })
window.makePdf = async () => {
  await come("jspdf.js")
  await come("survey-pdf.js")
  const pdf = new SurveyPDF.SurveyPDF(await (await fetch("model.json")).json(), { fontName: "helvetica" })
  pdf.data = survey.data
  return (await pdf.raw("blob")).size
}
window.survey = survey
