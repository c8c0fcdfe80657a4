// glibc has these (since 2.34 and 2.29), but shows them only to programs in its own dialect of C, which Swift does not ask for.
#include <spawn.h>

int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int lowest);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *folder);
