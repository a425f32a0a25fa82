using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>Which delegates a call takes, and as what: that these compile is the test.</summary>
public sealed class OverloadTests
{
    private static readonly string[] s_handlers =
    [
        "add_Failed", "remove_Failed", "set_OnUnobservedException",
        // The loop's own doors, what the compiler calls, and what the platform asks of a clock.
        "Post", "CallLater", "InvokeAsync", "ServeAsync", "OnCompleted", "UnsafeOnCompleted", "CreateTimer",
    ];

    [Fact]
    public async Task Work_with_a_value_has_a_value()
    {
        await TaskGroup.RunAsync(async group =>
        {
            Task<int> lambda = group.Run(ct => Number(ct));
            Task<int> methodGroup = group.Run(Number);
            Task<int> async = group.Run(async ct => await Number(ct));
            Task<int> constant = group.Run(async _ =>
            {
                await Task.Yield();
                return 5;
            });
            Task<int> value = group.Run(ct => NumberAsValueTask(ct).AsTask());
            Task<int> pool = group.RunOnThreadPool(_ => 7);
            Assert.Equal(5 * 5 + 7, (await Task.WhenAll(lambda, methodGroup, async, constant, value, pool)).Sum());
        }).Soon();
    }

    [Fact]
    public async Task Work_without_a_value_has_none()
    {
        ConfiguredTaskAwaitable run = TaskGroup.RunAsync(async group =>
        {
            Task plain = group.Run(async ct => { await Number(ct); });
            Task methodGroup = group.Run(Nothing);
            group.Spawn(ct => Number(ct));
            group.Spawn(Number);
            group.Spawn(async ct => { await Number(ct); });
            group.Spawn(ct => throw new FormatException());
            await group.SpawnAsync(Number);
            await plain;
            await methodGroup;
        }).ConfigureAwait(true);
        await Assert.ThrowsAsync<FormatException>(async () => await run);
    }

    [Fact]
    public async Task Endless_work_has_no_value()
    {
        var run = TaskGroup.RunAsync(group =>
        {
            var endless = group.Run(async ct =>
            {
                while (true)
                {
                    ct.ThrowIfCancellationRequested();
                    await Task.Yield();
                }
            });
            group.Cancel();
            return endless;
        });
        await run.Soon();
    }

    [Fact]
    public async Task A_resource_of_both_kinds_is_owned_without_ambiguity()
    {
        var both = new MemoryStream();
        var synchronous = new CancelScope();
        await TaskGroup.RunAsync(group =>
        {
            group.Own(both);
            group.Own(synchronous);
        });
        Assert.False(both.CanRead);
    }

    [Fact]
    public void No_member_takes_a_delegate_without_a_token_or_what_has_one()
    {
        var wrong =
            from type in typeof(TaskGroup).Assembly.GetExportedTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            where method.DeclaringType == type && !s_handlers.Contains(method.Name)
            from parameter in method.GetParameters()
            let work = Unwrap(parameter.ParameterType)
            where typeof(Delegate).IsAssignableFrom(work)
            let arguments = work.GetMethod("Invoke")!.GetParameters().Select(argument => argument.ParameterType)
            where !arguments.Any(IsOwner)
            select $"{type.Name}.{method.Name}({parameter.Name})";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Work_returns_a_task_where_it_may_be_an_async_lambda()
    {
        var wrong =
            from method in typeof(TaskGroup).GetMethods()
            where method.Name is "Spawn" or "Run" or "SpawnAsync" or "RunService" or "StartAsync"
            from parameter in method.GetParameters()
            where typeof(Delegate).IsAssignableFrom(parameter.ParameterType)
            let result = parameter.ParameterType.GetMethod("Invoke")!.ReturnType
            where !typeof(Task).IsAssignableFrom(result)
            select $"{method.Name}({parameter.Name}) : {result}";
        Assert.Empty(wrong);
    }

    private static Type Unwrap(Type type) =>
        type.IsGenericType && typeof(System.Collections.IEnumerable).IsAssignableFrom(type)
            ? type.GetGenericArguments()[0]
            : type;

    private static bool IsOwner(Type type) =>
        type == typeof(CancellationToken) || type == typeof(TaskGroup) || type == typeof(CancelScope)
        || type.Name is "CoroutineGroup" or "StartSignal`1";

    private static Task<int> Number(CancellationToken cancellationToken) => Task.FromResult(5);

    private static ValueTask<int> NumberAsValueTask(CancellationToken cancellationToken) => new(5);

    private static Task Nothing(CancellationToken cancellationToken) => Task.CompletedTask;
}
