namespace ScopedTasks;

/// <summary>What becomes of a watch, in the words of epoll.</summary>
internal enum EpollChange
{
    Add = 1,
    Remove = 2,
    Modify = 3,
}
