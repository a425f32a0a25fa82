using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides in which order services end and then resources are disposed: the last one first.</summary>
internal sealed class GroupResidents
{
    private readonly LinkedList<Service> _services = new();
    private readonly Stack<IAsyncDisposable> _resources = new();

    /// <summary>Keeps a service.</summary>
    public void Add(Service service)
    {
        lock (_services)
            service.Node = _services.AddLast(service);
    }

    /// <summary>Lets go of a service that has ended.</summary>
    public void Forget(Service service)
    {
        lock (_services)
        {
            if (service.Node is { List: not null } node)
                _services.Remove(node);
        }
    }

    /// <summary>Keeps a resource.</summary>
    public void Add(IAsyncDisposable resource)
    {
        lock (_resources)
            _resources.Push(resource);
    }

    /// <summary>The services that run, in the order in which they were started.</summary>
    public List<Service> GetRunningServices()
    {
        lock (_services)
            return [.. _services.Where(service => service.IsWatching)];
    }

    /// <summary>Ends them all; nothing is added any more. What fails is the group's failure.</summary>
    public async Task CloseAsync(TaskGroup group)
    {
        while (LastService() is { } service)
            await service.StopAsync().ConfigureAwait(false);
        foreach (var resource in _resources)
        {
            try
            {
                await resource.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                group.KeepResidentsFailure(exception);
            }
        }
    }

    private Service? LastService()
    {
        lock (_services)
            return _services.Last?.Value;
    }
}
