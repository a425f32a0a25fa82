using ScopedTasks;

namespace Shop.Hosting;

/// <summary>Registers task groups that live as long as the host.</summary>
public static class TaskGroupRegistration
{
    /// <summary>Adds a group, to be asked for as <c>[FromKeyedServices("name")] HostedTaskGroup</c>.</summary>
    public static IServiceCollection AddTaskGroup(
        this IServiceCollection services, string name, Action<TaskGroupOptions>? configure = null)
    {
        services.AddKeyedSingleton(name, (provider, _) => Create(provider, name, configure));

        // AddHostedService drops a second one of the same type.
        return services.AddSingleton<IHostedService>(
            provider => provider.GetRequiredKeyedService<HostedTaskGroup>(name));
    }

    private static HostedTaskGroup Create(IServiceProvider services, string name, Action<TaskGroupOptions>? configure)
    {
        var options = new TaskGroupOptions { Name = name };
        configure?.Invoke(options);
        return ActivatorUtilities.CreateInstance<HostedTaskGroup>(services, options);
    }
}
