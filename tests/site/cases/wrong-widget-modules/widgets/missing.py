import numpy as np
import nothing_of_this_name
