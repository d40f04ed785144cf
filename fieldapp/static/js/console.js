// What the township's pages do beyond links and forms: open and close the rows of a village.

import "./elements/row-opener.js"
