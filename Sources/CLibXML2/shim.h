#include <libxml/xmlversion.h>

/* Debian's libxml2 is built with ICU, whose headers would come along and contradict those of the ICU within Foundation. Nothing of what is used
   here depends on it: only the converters of encodings, which are used through pointers, are laid out differently. */
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
