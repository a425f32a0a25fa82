using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>Knows which methods join, own, pass on or merely look at the work behind a task.</summary>
internal sealed class ObservingApis
{
    private static readonly ConditionalWeakTable<KnownTypes, ObservingApis> ByTypes = new();

    private readonly ApiRows<ObservingApi> _rows;
    private readonly Awaitables _awaitables;

    private ObservingApis(KnownTypes types)
    {
        _awaitables = Awaitables.Of(types);
        _rows = new(types.Compilation, Rows);
    }

    public static ImmutableArray<ObservingApi> Rows { get; } = ImmutableArray.Create<ObservingApi>(
        new("System.Threading.Tasks.Task", "ConfigureAwait", Observation.SameWork),
        new("System.Threading.Tasks.Task`1", "ConfigureAwait", Observation.SameWork),
        new("System.Threading.Tasks.ValueTask", "ConfigureAwait", Observation.SameWork),
        new("System.Threading.Tasks.ValueTask`1", "ConfigureAwait", Observation.SameWork),
        new("System.Threading.Tasks.ValueTask", "AsTask", Observation.SameWork),
        new("System.Threading.Tasks.ValueTask`1", "AsTask", Observation.SameWork),
        new("System.Threading.Tasks.ValueTask", "Preserve", Observation.SameWork),
        new("System.Threading.Tasks.ValueTask`1", "Preserve", Observation.SameWork),
        new("System.Threading.Tasks.Task", "WaitAsync", Observation.SameWork),
        new("System.Threading.Tasks.Task`1", "WaitAsync", Observation.SameWork),
        new("System.Threading.Tasks.TaskExtensions", "Unwrap", Observation.SameWork),
        new("System.Threading.Tasks.Task", "ContinueWith", Observation.Continuation),
        new("System.Threading.Tasks.Task`1", "ContinueWith", Observation.Continuation),
        new("System.Threading.Tasks.Task", "FromResult", Observation.Complete),
        new("System.Threading.Tasks.Task", "FromException", Observation.Complete),
        new("System.Threading.Tasks.Task", "FromCanceled", Observation.Complete),
        new("System.Threading.Tasks.ValueTask", "FromResult", Observation.Complete),
        new("System.Threading.Tasks.ValueTask", "FromException", Observation.Complete),
        new("System.Threading.Tasks.ValueTask", "FromCanceled", Observation.Complete),
        new("System.Threading.Tasks.Task", "Delay", Observation.NoWork),
        new("ScopedTasks.TaskGroup", "Run", Observation.Owned),
        new("ScopedTasks.TaskGroup", "RunOnThreadPool", Observation.Owned),
        new("ScopedTasks.TaskGroup", "StartAsync", Observation.Owned),
        new("Microsoft.AspNetCore.Components.ComponentBase",
            "InvokeAsync", Observation.Owned, "Action", "Microsoft.AspNetCore.Components"),
        new("NSubstitute.SubstituteExtensions", "Received", Observation.StandIn, Package: "NSubstitute"),
        new("NSubstitute.SubstituteExtensions", "ReceivedWithAnyArgs", Observation.StandIn, Package: "NSubstitute"),
        new("NSubstitute.SubstituteExtensions", "DidNotReceive", Observation.StandIn, Package: "NSubstitute"),
        new("NSubstitute.SubstituteExtensions",
            "DidNotReceiveWithAnyArgs", Observation.StandIn, Package: "NSubstitute"),
        new("NSubstitute.SubstituteExtensions", "When", Observation.Assertion, Package: "NSubstitute"),
        new("NSubstitute.SubstituteExtensions", "WhenForAnyArgs", Observation.Assertion, Package: "NSubstitute"),
        new("NSubstitute.ReceivedExtensions.ReceivedExtensions", "*", Observation.StandIn, Package: "NSubstitute"),
        new("NSubstitute.Extensions.ConfigurationExtensions", "Configure", Observation.StandIn, Package: "NSubstitute"),
        new("NSubstitute.Received", "InOrder", Observation.Assertion, Package: "NSubstitute"),
        new("Moq.Mock", "*", Observation.Assertion, Package: "Moq"),
        new("Moq.Mock`1", "*", Observation.Assertion, Package: "Moq"),
        new("FakeItEasy.A", "*", Observation.Assertion, Package: "FakeItEasy"),
        new("Xunit.Assert", "*", Observation.Assertion, Package: "xunit"),
        new("Xunit.Record", "*", Observation.Assertion, Package: "xunit"),
        new("NUnit.Framework.Assert", "*", Observation.Assertion, Package: "NUnit"),
        new("TUnit.Assertions.Assert", "*", Observation.Assertion, Package: "TUnit"),
        new("Microsoft.VisualStudio.TestTools.UnitTesting.Assert",
            "*", Observation.Assertion, Package: "MSTest.TestFramework"),
        new("FluentAssertions.FluentActions", "*", Observation.Assertion, Package: "FluentAssertions"),
        new("FluentAssertions.AssertionExtensions", "*", Observation.Assertion, Package: "FluentAssertions"),
        new("Shouldly.Should", "*", Observation.Assertion, Package: "Shouldly"));

    public static ObservingApis Of(KnownTypes types) => ByTypes.GetValue(types, static types => new(types));

    public Observation Of(IMethodSymbol method)
    {
        if (method.ContainingType is not { } type)
        {
            return Observation.None;
        }

        if (_rows.Of(type) is not { } rows)
        {
            return IsContinuation(method) ? Observation.Continuation : Observation.None;
        }

        foreach (var row in rows)
        {
            if ((row.Member == method.Name || row.Member == "*") && Takes(method, row.Parameter))
            {
                return row.Does;
            }
        }

        return Observation.None;
    }

    /// <summary>Whether the user said, by attribute or configuration, that the method takes care of its work.</summary>
    public static bool IsDetached(IMethodSymbol method, Options options)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (method.HasAttribute("DetachedAttribute"))
        {
            return true;
        }

        foreach (var observer in options.Observers)
        {
            if (observer.Matches(method))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a member of a task that is called so tells how far its work is.</summary>
    public static bool TellsStatus(string memberName) =>
        memberName is "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled" or "Status";

    // An extension that takes a task and what to do with it: a project's own kind of 'ContinueWith'.
    private bool IsContinuation(IMethodSymbol method)
    {
        if (!method.IsExtensionMethod || !_awaitables.IsTask(method.Parameters[0].Type) || method.Parameters.Length < 2)
        {
            return false;
        }

        return method.Name.StartsWith("ContinueWith", StringComparison.Ordinal)
            || method.Parameters[1].Type is INamedTypeSymbol { DelegateInvokeMethod.Parameters: { Length: > 0 } given }
            && _awaitables.IsTask(given[0].Type);
    }

    private static bool Takes(IMethodSymbol method, string? parameter)
    {
        if (parameter is null)
        {
            return true;
        }

        foreach (var candidate in method.Parameters)
        {
            if (candidate.Type.Name == parameter)
            {
                return true;
            }
        }

        return false;
    }
}
