"""Memory of this process at its highest, for peers that report it."""

import resource


def peak_kib():
    """KiB of resident memory at its highest since the program was started."""
    # Not ru_maxrss where it can be helped: a child starts with its parent's there.
    try:
        status = open("/proc/self/status").read()
        return int(status.split("VmHWM:")[1].split()[0])
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
