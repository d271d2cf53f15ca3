// The functions are in the Swift module OfframpC; the header stands alone for whoever calls them.
#include "offramp.h"
