"""Conditions whose outcome is known beforehand, or that ask for what a profile does not say."""

from __future__ import annotations

from pensebete.checklist.diagnostics.message import Entry

OF_CONDITIONS: dict[str, Entry] = {
    "condition-on-item": Entry(
        fr=(
            "{about}\u00a0: la condition demande «\u00a0{id}\u00a0», qui est un élément ou un domaine; "
            "une condition ne connaît que les questions du profil.",
            "Nommez une question du profil et ses options, ou retirez cette ligne.",
        ),
        en=(
            "{about}: the condition asks about “{id}”, which is an item or a domain; "
            "a condition only knows the questions of the profile.",
            "Name a question of the profile and its options, or remove this line.",
        ),
    ),
    "unreachable-item": Entry(
        fr=(
            "{about}\u00a0: aucun profil ne remplit la condition «\u00a0applies_when\u00a0»; "
            "l’élément n’apparaîtrait jamais.",
            "Corrigez la condition, ou retirez l’élément.",
        ),
        en=(
            "{about}: no profile meets the condition “applies_when”; the item would never appear.",
            "Mend the condition, or remove the item.",
        ),
    ),
    "never-holds": Entry(
        fr=(
            "{about}\u00a0: cette condition n’est jamais remplie, quelles que soient les réponses au profil.",
            "Corrigez la condition, ou retirez ce qui en dépend.",
        ),
        en=(
            "{about}: this condition never holds, whatever the profile says.",
            "Mend the condition, or remove what depends on it.",
        ),
    ),
    "always-holds": Entry(
        fr=(
            "{about}\u00a0: cette condition est remplie quelles que soient les réponses au profil.",
            "Retirez-la, ou retirez les options de trop.",
        ),
        en=(
            "{about}: this condition holds whatever the profile says.",
            "Remove it, or remove the options that are too many.",
        ),
        severity="warning",
    ),
}
