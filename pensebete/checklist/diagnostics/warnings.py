"""What is only a warning: the checklist works, and somebody should look."""

from __future__ import annotations

from pensebete.checklist.diagnostics.message import Entry

OF_CAUTIONS: dict[str, Entry] = {
    "stale-resource": Entry(
        fr=(
            "{about}\u00a0: le lien de la ressource a été vérifié le {date}, il y a plus de six mois.",
            "Vérifiez-la, puis mettez la date du jour dans «\u00a0verified_on\u00a0».",
        ),
        en=(
            "{about}: the link of the resource was verified on {date}, more than six months ago.",
            "Verify it, then write today’s date in “verified_on”.",
        ),
        severity="warning",
    ),
    "expired-resource": Entry(
        fr=(
            "{about}\u00a0: la ressource n’est plus valable depuis le {date}.",
            "Retirez-la, ou corrigez «\u00a0valid_until\u00a0» si elle a été prolongée.",
        ),
        en=(
            "{about}: the resource has not been valid since {date}.",
            "Remove it, or mend “valid_until” if it was extended.",
        ),
        severity="warning",
    ),
    "missing-glyph": Entry(
        fr=(
            "{about}\u00a0: le PDF ne peut pas dessiner {character}; il montrera «\u00a0▯\u00a0».",
            "Écrivez la même chose avec des lettres.",
        ),
        en=(
            "{about}: the PDF cannot draw {character}; it will show “▯”.",
            "Write the same thing with letters.",
        ),
        severity="warning",
    ),
    "title-too-long": Entry(
        fr=(
            "{about}, champ «\u00a0{field}\u00a0»\u00a0: ce texte a {length} caractères "
            "et le PDF en montre environ {most} à cette place; la fin serait coupée.",
            "Raccourcissez-le.",
        ),
        en=(
            "{about}, field “{field}”: this text has {length} characters "
            "and the PDF shows about {most} in this place; its end would be cut off.",
            "Shorten it.",
        ),
        severity="warning",
    ),
    "more-warnings": Entry(
        fr=(
            "D’autres avertissements suivent et ne sont pas montrés\u00a0: {n} de plus.",
            "Voyez d’abord ceux qui précèdent.",
        ),
        en=("Other warnings follow and are not shown: {n} more.", "Look at those above first."),
        severity="warning",
    ),
}
