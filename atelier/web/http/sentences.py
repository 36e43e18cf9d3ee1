"""What the server says when something goes wrong outside the rules: storage, pace, addresses."""

LIBRARY_REFUSED = (
    "Ce que ce serveur garde n’a pas pu être lu ou écrit : son disque est plein, protégé ou absent. "
    "Rien de ce qui était enregistré n’est perdu. Revenez à la page précédente, puis réessayez."
)
LIBRARY_DAMAGED = (
    "Ce que ce serveur garde au-delà des ateliers est abîmé. Les ateliers continuent. "
    "Prévenez la personne qui s’occupe du serveur : une sauvegarde peut le remettre en place."
)
STORAGE_FAILED = (
    "Rien n’a pu être enregistré : le disque de l’ordinateur qui anime est plein ou protégé. "
    "Votre texte est intact. Prévenez l’animateur·rice, puis réessayez."
)
UNREACHABLE = (
    "Rien n’a pu être enregistré pour l’instant : le serveur n’atteint pas ses données. "
    "Votre texte est intact, réessayez dans un moment."
)
UNREACHED = (
    "Le serveur n’atteint pas ses données pour l’instant. Rien n’est perdu : rechargez dans un moment."
)
TOO_FAST = "Trop d’envois à la fois : patientez un instant, rien n’est perdu."
DRAFT_TOO_LARGE = (
    "Ce texte est gardé dans ce navigateur seulement : il est trop long, ou trop de textes sont commencés."
)
DRAFT_NOT_KEPT = "Gardé dans ce navigateur seulement : le disque de l’ordinateur qui anime ne prend rien."
PHOTO_UNREADABLE = (
    "Ce fichier n’est pas une photo que l’Atelier sait lire : choisissez un JPEG, un PNG ou un WebP."
)
PHOTO_TOO_HEAVY = (
    "Cette photo est trop lourde : 400 ko au plus. Avec JavaScript, le navigateur la réduit lui-même ; "
    "sinon, réduisez-la d’abord."
)
PHOTO_TOO_WIDE = "Cette photo a trop de points pour être lue sans risque. Réduisez-la, puis recommencez."
NOT_A_DATE = (
    "Cette date n’en est pas une : rien n’a changé. Choisissez-la dans le calendrier, puis recommencez."
)
LOGO_TOO_HEAVY = "Ce logo est trop lourd : 400 ko au plus. Rien n’a changé. Réduisez-le, puis recommencez."
LOGO_UNREADABLE = (
    "Ce fichier n’est pas un logo que l’Atelier sait lire. Rien n’a changé : "
    "choisissez un PNG, un SVG ou un JPEG."
)
LOGO_UNNAMED = "Dites de qui est ce logo : c’est ce qu’entendent les personnes qui ne le voient pas."
LOGOS_FULL = "La page a déjà six logos : retirez-en un, puis recommencez."
DIRECTORY_STALE = (
    "Cette page a changé ailleurs pendant que vous écriviez. Vos textes sont intacts, ci-dessous. Enregistrez à "
    "nouveau pour les garder à la place des autres. Pour voir ce qui a changé, rouvrez la page."
)
DIRECTORY_STALE_ACT = (
    "Cette page vient de changer ailleurs : rien n’a changé cette fois. Rouvrez-la, puis recommencez."
)
DIRECTORY_TOO_LARGE = (
    "La page serait trop grande pour être gardée : rien n’a changé. Retirez des lieux, puis recommencez."
)
DIRECTORY_END_UNSURE = "Rien n’est effacé : cochez la case qui le confirme, puis recommencez."
DIRECTORY_ENDED = (
    "La page est effacée, avec ses lieux et ses logos. Son adresse et ses liens ne mènent plus nulle part."
)
DIRECTORY_TERM = "Choisissez une date à venir, dans cinq ans au plus. Rien n’a changé."
PLACES_TOO_HEAVY = (
    "Ce fichier de lieux est trop lourd : 16 Mo au plus. Rien n’a changé. Prenez celui de votre département ou de "
    "votre région, puis recommencez."
)
TOO_MANY_PLACES = (
    "Cela ferait plus de mille lieux sur la page : rien n’a changé. Choisissez un département, des communes ou un "
    "réseau, puis recommencez."
)
CROWD = (
    "Beaucoup de monde arrive en même temps : rien n’est perdu, votre tour vient dans quelques secondes. "
    "Si cela dure, demandez à l’animateur·rice de laisser entrer tout le monde."
)
NO_SUCH_WORKSHOP = (
    "Aucun atelier ouvert n’a ce code. Vérifiez-le sur l’écran : six lettres et chiffres, "
    "sans O ni I, ni zéro ni un."
)
MALFORMED = "Cette demande n’a pas pu être comprise. Rechargez la page, puis réessayez."
UNKNOWN_FIELD = (
    "Rien n’est enregistré : cet envoi contient une donnée que l’Atelier ne connaît pas. Ce que vous avez écrit est "
    "intact. Rechargez la page, puis recommencez."
)
FOREIGN = "Cette demande ne vient pas d’une page de l’atelier : l’Atelier la refuse."
WRONG_HOST = (
    "L’Atelier ne répond pas à cette adresse. Sur l’ordinateur qui anime, ouvrez http://localhost ou l’adresse que "
    "l’Atelier a affichée à son démarrage ; sur un téléphone, celle du QR code.\n"
    "(Serveur public : le proxy doit transmettre le nom du site, celui d’ATELIER_PUBLIC_URL.)\n"
)
PROXY_UNNAMED = (
    "Un proxy se tient devant l’Atelier sans être nommé : toutes les personnes auraient la même adresse, et les essais "
    "de l’une ralentiraient les autres. Donnez l’adresse de ce proxy dans ATELIER_TRUSTED_PROXY."
)
UNREADABLE = (
    "L’atelier ne peut pas être ouvert : le disque de l’ordinateur qui anime est plein, protégé ou absent. "
    "Rien de ce qui était enregistré n’est perdu. Faites de la place, puis rechargez la page."
)
DAMAGED = (
    "Le fichier de cet atelier est abîmé : il n’est ni montré ni modifié. Les autres ateliers ne sont pas touchés. "
    "Gardez une copie du fichier, puis restaurez une sauvegarde, ou repartez d’un nouvel atelier."
)
DAMAGED_MEANWHILE = (
    "Rien n’a pu être enregistré : le fichier de cet atelier s’est abîmé, ou quelqu’un l’a remplacé, "
    "pendant que l’Atelier tournait. "
    "Ce qui est affiché est encore complet : prévenez l’animateur·rice, qui peut exporter le PDF, puis relancer "
    "l’Atelier."
)
ELSEWHERE = (
    "Cet atelier est ouvert dans une autre partie du serveur. Rien n’est perdu. Patientez un instant, puis rechargez "
    "la page ; si cela dure, prévenez la personne qui tient ce serveur."
)
FULL = (
    "Ce serveur fait déjà vivre autant d’ateliers qu’il le peut. Rien n’est perdu. Réessayez dans quelques minutes, ou "
    "prévenez la personne qui tient ce serveur."
)
TOO_MANY_ROOMS = "Une journée réunit 12 ateliers au plus."
CREATE_ELSEWHERE = (
    "Un atelier se prépare sur l’ordinateur qui le fait tourner. Ouvrez cette page sur cet ordinateur, "
    "ou relancez l’Atelier en autorisant le réseau (ATELIER_LAN_CREATE=oui)."
)
COOKIES_REFUSED = (
    "Rien n’est créé : votre navigateur refuse les cookies, et perdrait cet atelier. Ce que "
    "vous avez écrit est intact. Acceptez les cookies de ce site, puis recommencez."
)
SHEET_WRONG = (
    "Rien n’est enregistré, et votre saisie est intacte. Corrigez ce qui est signalé, puis recommencez."
)
SHEET_STALE = (
    "Rien n’est enregistré : quelqu’un a changé la fiche entre-temps. Votre saisie est intacte. Copiez ce qui "
    "compte, rechargez la page, puis recommencez."
)
SHEETS_FULL = "Rien n’est enregistré : ce serveur ne garde plus d’autre fiche. Votre saisie est intacte."
SHEET_FAULTY = "La fiche n’est pas gardée. Corrigez le fichier, puis apportez-le à nouveau :"
SHEET_NOT_TEXT = "Ce fichier n’est pas une fiche : ce n’est pas un texte en UTF-8. Rien n’est gardé."
SHEET_NO_FILE = "Ce fichier est vide, ou bien trop lourd pour une fiche. Rien n’est gardé."
SHEET_LINK = "Ce lien n’ouvre aucune fiche. Elle a pu être effacée, ou son lien remplacé."
CREATE_KEY_WRONG = "La clé de création n’est pas la bonne. Demandez-la à qui tient ce serveur."
ERASED_MEANWHILE = (
    "Quelqu’un a effacé quelque chose pendant la préparation : ce document n’est pas gardé. "
    "Demandez-le à nouveau."
)
SHEET_FAILED = (
    "L’ordinateur qui anime n’a pas pu faire le PDF. Rien n’est perdu : gardez la page de la fiche, "
    "ou réessayez dans quelques minutes."
)
TOO_MANY_SHEETS = "Vous avez déjà demandé ce PDF plusieurs fois. Patientez une minute, puis réessayez."
ADDRESS_GONE = (
    "Cet ordinateur n’a plus cette adresse : le QR code n’a pas changé. "
    "Choisissez-en une autre dans « Inviter »."
)
HTTP_ERRORS = {
    400: MALFORMED,
    403: "Vous n’avez pas accès à cette page.",
    404: "Cette page n’existe pas, ou plus.",
    405: "Cette page ne s’ouvre pas de cette façon. Revenez à l’accueil.",
    413: "C’est trop long pour être envoyé. Raccourcissez votre texte, puis réessayez.",
    429: "Trop d’essais en même temps depuis ce réseau. Patientez quelques secondes, puis réessayez.",
    500: "L’Atelier a rencontré un problème. Rien de ce qui était enregistré n’est perdu. Rechargez la page.",
}
STILL_OPEN = "L’atelier est encore ouvert : fermez-le par « Clore » avant de l’effacer."
ERASED = "Cet atelier est effacé : textes, placements et documents. Les copies de sauvegarde le seront à leur terme."
TWIN_GROUP = "Un autre groupe porte déjà ce nom."
TWIN_ACTION = "Une autre action dit déjà cela."
UNREADABLE_SIGNS = (
    "Ce texte contient des signes que l’Atelier ne peut pas garder : effacez-les, ou tapez-le à nouveau."
)
UNSIGNED = (
    "Ce serveur ne dit pas encore qui en répond : ses mentions légales sont vides, et personne ne peut y "
    "créer d’atelier. "
    "À qui l’administre : renseignez les variables ATELIER_PUBLISHER_… (README), puis relancez l’Atelier."
)

EXPORT_UNREADABLE = (
    "Ce fichier n’est pas un export JSON de l’Atelier\u00a0: rien n’a changé. "
    "«\u00a0Documents\u00a0», au poste d’animation, en fait un."
)
EXPORT_TOO_HEAVY = "Ce fichier est trop lourd pour un export de l’Atelier\u00a0: rien n’a changé."
RESULTS_STILL_OPEN = "L’atelier est encore ouvert : fermez-le par « Clore » avant d’en garder les résultats."
RESULTS_NOT_YOURS = (
    "Ce lien n’ouvre pas ces résultats : il n’est pas complet, ou ils sont effacés. Rien n’a changé."
)
RESULTS_TERM = "Choisissez une date à venir, dans les cinq ans. Rien n’a changé."
RESULTS_END_UNSURE = "Rien n’est effacé : cochez d’abord la case."
RESULTS_ENDED = (
    "Ces résultats sont effacés de ce serveur. "
    "Les ateliers préparés à leur suite gardent ce qu’ils en avaient repris."
)
