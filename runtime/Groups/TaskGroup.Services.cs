using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

// What the group keeps until its children have ended.
public sealed partial class TaskGroup
{
    private GroupResidents? _residents;

    /// <summary>
    /// Starts a service of the children and the body: it is cancelled when they have ended, and waited for.
    /// </summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>It begins inline, takes no place, and does not hold the group open.</item>
    /// <item>Its token is its own: cancelled only after the body and all children have ended, also in a cancelled
    /// group, for the last service first.</item>
    /// <item>It may end before; when it fails it cancels and fails the group, in every failure mode.</item>
    /// </list>
    /// </remarks>
    /// <param name="work">Gets the service's token.</param>
    /// <param name="name">What reports call the service; the method's name by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    public void RunService(Func<CancellationToken, Task> work, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        Enter(Hold);
        var service = new Service(this, (object?)name ?? work, NoteStart((object?)name ?? work));
        Residents.Add(service);
        service.Start(work);
        Leave(Hold);
    }

    /// <summary>
    /// Hands a resource over: it is disposed after the last child and the last service have ended, the one that
    /// was handed over last first. What its disposal throws is a failure of the group.
    /// </summary>
    /// <param name="resource">What to dispose.</param>
    /// <exception cref="ArgumentNullException"><paramref name="resource"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The group has ended.</exception>
    public void Own(IAsyncDisposable resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Enter(Hold);
        Residents.Add(resource);
        Leave(Hold);
    }

    private GroupResidents Residents =>
        _residents ?? Interlocked.CompareExchange(ref _residents, new GroupResidents(), null) ?? _residents;

    private void CloseResidents(GroupResidents residents)
    {
        var closing = residents.CloseAsync(this);
        if (closing.IsCompleted)
            Conclude();
        else
            closing.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Conclude);
    }

    /// <summary>Lets go of a service that has ended: a group may live long.</summary>
    internal void Forget(Service service) => _residents!.Forget(service);

    /// <summary>Keeps a failure of a service or a resource.</summary>
    internal void KeepResidentsFailure(Exception failure) => Keep(failure);
}
