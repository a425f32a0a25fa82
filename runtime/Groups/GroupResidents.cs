using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides in which order services end and then resources are disposed: the last one first.</summary>
internal sealed class GroupResidents
{
    private readonly Stack<Service> _services = new();
    private readonly Stack<IAsyncDisposable> _resources = new();

    /// <summary>Keeps a service.</summary>
    public void Add(Service service)
    {
        lock (_services)
            _services.Push(service);
    }

    /// <summary>Keeps a resource.</summary>
    public void Add(IAsyncDisposable resource)
    {
        lock (_resources)
            _resources.Push(resource);
    }

    /// <summary>Ends them all; nothing is added any more. What fails is the group's failure.</summary>
    public async Task CloseAsync(TaskGroup group)
    {
        foreach (var service in _services)
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
}
