"""The internal audit against RGAA 4.1.2: each of its 106 criteria, how it was checked, the result; rate and state.

`docs/accessibilite.md` is written from here (`python -m tools.accessibility_page`), and so are the state in the footer
and the declaration. Results: C conforms, NC does not, NV not verified yet by a person with assistive technology, NA
does not apply. What is not verified counts as not conforming.
"""

from typing import NamedTuple

AUDITED_ON = "2026-11-28"
"""The day of the last audit; change it with the results."""


class Criterion(NamedTuple):
    """One criterion of the RGAA."""

    number: str
    result: str
    subject: str
    checked: str


_GRID = """
1.1|C|Alternative textuelle des images porteuses d’information|test_structure.py : QR codes nommés
1.2|C|Images de décoration ignorées|test_structure.py : icônes et formes cachées aux lecteurs d’écran
1.3|C|Pertinence de l’alternative|relecture des noms des QR codes
1.4|NA|Captcha et images-test|aucun
1.5|NA|Solution d’accès alternative aux captchas|aucun
1.6|C|Description détaillée des images|walks/*-tree.txt : chaque barre a son texte dans l’arbre d’accessibilité
1.7|C|Pertinence de la description détaillée|walks/*-tree.txt, relus : métier, mot de régularité, groupe
1.8|C|Images textes remplacées par du texte|relecture : aucune image texte
1.9|C|Légendes reliées à leur image|relecture des figures de l’écran d’accueil
2.1|NA|Titres des cadres|aucun cadre
2.2|NA|Pertinence des titres des cadres|aucun cadre
3.1|C|Information pas seulement par la couleur|captures en couleurs imposées ; hachures, formes et mots
3.2|C|Contraste des textes|axe-core dans chaque état
3.3|C|Contraste des composants|test_targets.py, dans chaque état : champs et choix ; poignées à la main
4.1|NA|Transcription des médias|aucun média temporel
4.2|NA|Pertinence des transcriptions|aucun média temporel
4.3|NA|Sous-titres|aucun média temporel
4.4|NA|Pertinence des sous-titres|aucun média temporel
4.5|NA|Audiodescription|aucun média temporel
4.6|NA|Pertinence de l’audiodescription|aucun média temporel
4.7|NA|Identification des médias|aucun média temporel
4.8|NA|Alternative aux médias non temporels|aucun
4.9|NA|Pertinence de cette alternative|aucun
4.10|C|Contrôle des sons|son de fin de temps coupé par défaut
4.11|NA|Contrôle des médias au clavier|aucun média temporel
4.12|NA|Contrôle des médias non temporels au clavier|aucun
4.13|NA|Compatibilité des médias avec l’assistance|aucun
5.1|NA|Résumé des tableaux complexes|aucun tableau complexe
5.2|NA|Pertinence du résumé|aucun tableau complexe
5.3|C|Linéarisation des tableaux de mise en forme|relecture : aucun tableau de mise en forme
5.4|C|Titre des tableaux de données|test_structure.py, dans chaque état
5.5|C|Pertinence du titre des tableaux|relecture : le nom du groupe ou ce que liste le tableau
5.6|C|En-têtes de lignes et de colonnes|axe-core, relecture
5.7|C|En-têtes reliés aux cellules|axe-core, relecture
5.8|NA|Tableaux de mise en forme sans éléments de données|aucun
6.1|C|Liens explicites|test_structure.py, axe-core : noms avec le groupe ou le texte
6.2|C|Intitulé de chaque lien|axe-core dans chaque état
7.1|NV|Scripts compatibles avec l’assistance|annonces journalisées ; à vérifier avec NVDA et VoiceOver
7.2|C|Pertinence de l’alternative aux scripts|parcours du téléphone sans JavaScript
7.3|C|Scripts utilisables au clavier|test_focus.py : chaque geste au clavier seul
7.4|C|Changements de contexte annoncés|test_announcements.py
7.5|NV|Messages de statut restitués|test_announcements.py ; à vérifier avec un lecteur d’écran
8.1|C|Type de document|html-validate
8.2|C|Code valide|html-validate
8.3|C|Langue par défaut|axe-core
8.4|C|Pertinence de la langue|relecture
8.5|C|Titre de page|test_structure.py
8.6|C|Pertinence du titre de page|test_structure.py : phase, rubrique, groupe, erreur
8.7|NC|Changements de langue|la langue de ce que tapent les participant·es n’est pas connue ; le reste est en français
8.8|NA|Pertinence des codes de langue|aucun changement de langue
8.9|C|Balises pas seulement à des fins de présentation|html-validate, relecture
8.10|C|Sens de lecture|test_structure.py : dir=auto
9.1|C|Titres|axe-core, test_structure.py
9.2|C|Structure du document|test_structure.py : bannière, contenu, pied
9.3|C|Listes|axe-core, relecture
9.4|NA|Citations|relecture : les guillemets entourent des phrases à dire, des noms de boutons, des textes réunis
10.1|C|Présentation par les feuilles de style|politique de sécurité : aucun style en ligne
10.2|C|Contenu présent sans style|relecture des feuilles de style : aucun mot n’y est écrit
10.3|C|Ordre compréhensible sans style|walks/*-tree.txt, relus : l’ordre du code est celui de la lecture
10.4|C|Texte agrandi à 200 %|test_faces.py
10.5|C|Couleurs de fond et de texte déclarées ensemble|relecture : body déclare les deux, le reste en hérite
10.6|C|Liens visibles dans le texte|liens soulignés
10.7|C|Focus visible|tests/engines : images du focus dans Chromium 80 et 92, Firefox et WebKitGTK
10.8|C|Contenus cachés ignorés à bon escient|walks/*.txt, relus : rien de caché n’y est lu
10.9|C|Information pas seulement par la forme ou la position|mots à côté des formes
10.10|C|Implémentation pertinente de ce qui précède|relecture
10.11|C|Pas de défilement horizontal à 320 px|test_faces.py
10.12|C|Espacement du texte|essai de novembre 2026
10.13|NA|Contenus additionnels au survol|aucun
10.14|NA|Contenus additionnels par le style|aucun
11.1|C|Étiquettes des champs|axe-core, test_structure.py
11.2|C|Pertinence des étiquettes|relecture
11.3|C|Cohérence des étiquettes|relecture
11.4|C|Étiquette accolée au champ|captures de la préparation, de l’entrée et du téléphone
11.5|C|Champs regroupés|groupes « métier », « table » et régularité
11.6|C|Légende des regroupements|axe-core
11.7|C|Pertinence des légendes|relecture
11.8|C|Items de liste regroupés|départements et outre-mer
11.9|C|Intitulé des boutons|axe-core, test_structure.py
11.10|C|Contrôle de saisie|test_structure.py : chaque erreur à son champ
11.11|C|Suggestions de correction|test_structure.py
11.12|C|Données modifiables ou récupérables|annulation et minute pour revenir
11.13|C|Finalité des champs déduite|prénom : autocomplete
12.1|C|Deux systèmes de navigation|page unique par rôle : rubriques et titres
12.2|C|Menu toujours à la même place|relecture
12.3|NA|Plan du site pertinent|aucun plan
12.4|NA|Plan du site à la même place|aucun plan
12.5|NA|Moteur de recherche|aucun
12.6|C|Zones de regroupement|test_structure.py
12.7|C|Lien d’évitement|test_structure.py
12.8|C|Ordre de tabulation|test_focus.py
12.9|C|Pas de piège au clavier|test_focus.py
12.10|C|Raccourcis d’une touche désactivables|« Les raccourcis sont actifs »
12.11|NA|Contenus additionnels atteignables au clavier|aucun
13.1|C|Limites de temps|le minuteur ne ferme rien ; l’animation ajoute du temps
13.2|C|Pas de nouvelle fenêtre sans action|relecture
13.3|C|Documents bureautiques accessibles|PDF/UA-1 validé ; DOCX, ODT, XLSX : titres, en-têtes, langue
13.4|C|Version accessible équivalente|test_golden.py : chaque texte de l’atelier est dans chaque version
13.5|C|Contenus cryptiques expliqués|relecture
13.6|C|Alternative aux contenus cryptiques|relecture
13.7|C|Changements brusques de luminosité|aucun clignotement dans les feuilles de style
13.8|C|Contenus en mouvement contrôlables|mouvement réduit ; l’animation choisit la vue
13.9|C|Orientation libre|essai de novembre 2026
13.10|C|Gestes simples|chaque tirage a ses cinq pas et ses touches
13.11|C|Annulation du pointeur|relâcher ailleurs, Annuler
13.12|NA|Mouvements de l’appareil|aucun
"""
CRITERIA = tuple(Criterion(*row.split("|")) for row in _GRID.strip().splitlines())

STATES = {"full": "totalement conforme", "partial": "partiellement conforme", "none": "non conforme"}


def counts() -> dict[str, int]:
    """Return how many criteria have each result."""
    return {result: sum(each.result == result for each in CRITERIA) for result in ("C", "NC", "NV", "NA")}


def rate() -> int:
    """Return the percentage of criteria that apply and conform, rounded down."""
    found = counts()
    return 100 * found["C"] // (found["C"] + found["NC"] + found["NV"])


def state() -> str:
    """Return the state that the law knows: without an audit of every criterion that applies, « non conforme »."""
    found = counts()
    if found["NV"] or rate() < 50:
        return STATES["none"]
    return STATES["partial"] if found["NC"] else STATES["full"]
