using ScopedTasks.Analyzers.Flow.Captures;
using ScopedTasks.Analyzers.Flow.Handlers;
using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.TaskGroups;

/// <summary>What a member does with a local that holds a group, seen without the order in which it does so.</summary>
internal sealed class GroupMentions
{
    private readonly List<IOperation> _additions = [];

    private GroupMentions()
    {
    }

    /// <summary>Where the function that opens it adds children, or lets somebody else do so.</summary>
    public IReadOnlyList<IOperation> Additions => _additions;

    /// <summary>Whether children are added at all.</summary>
    public bool AreAdding => _additions.Count > 0;

    /// <summary>Whether somebody else may end it, or a function within the one that opens it.</summary>
    public bool AreHandedOn { get; private set; }

    /// <summary>Whether the local holds another group at another time: whose child is whose is not followed.</summary>
    public bool AreSeveral { get; private set; }

    /// <summary>Whether it is disposed, by a <c>using</c> or by hand.</summary>
    public bool AreDisposed { get; private set; }

    public static GroupMentions Of(ILocalSymbol holder, IOperation open, GroupSteps steps)
    {
        var mentions = new GroupMentions { AreDisposed = holder.IsUsing };
        var function = FunctionStarts.FunctionAround(open);
        var isAddedElsewhere = false;
        mentions.AreSeveral = LocalMentions.InitializerOf(holder, open) is { ConstantValue.HasValue: false } first
            && first.WithoutConversions() != open;
        foreach (var reference in LocalMentions.Of(holder, open))
        {
            mentions.AreSeveral |= reference.Parent is ISimpleAssignmentOperation assignment
                && assignment.Target == reference
                && assignment.Value.WithoutConversions() != open;
            var step = steps.Of(reference);
            var isHere = FunctionStarts.FunctionAround(reference) == function;
            mentions.AreDisposed |= Disposes(reference);
            mentions.AreHandedOn |= step == LocalStep.Touched && !(isHere && IsReceiver(reference));
            isAddedElsewhere |= step == LocalStep.Added && !isHere;
            if (step == LocalStep.Added && isHere)
            {
                mentions._additions.Add(reference);
            }
        }

        // Nobody knows when a lambda runs; the group is open before.
        if (mentions._additions.Count == 0 && isAddedElsewhere)
        {
            mentions._additions.Add(open);
        }

        return mentions;
    }

    private static bool IsReceiver(IOperation reference) =>
        reference.Parent is IConditionalAccessOperation
        || (reference.Parent is IInvocationOperation call && call.Instance == reference);

    private static bool Disposes(ILocalReferenceOperation reference) => reference.Parent switch
    {
        IUsingOperation => true,
        IInvocationOperation { TargetMethod.Name: "DisposeAsync" } => true,
        IConversionOperation { Parent: IInvocationOperation { TargetMethod.Name: "DisposeAsync" } } => true,
        IConversionOperation { Parent: IUsingOperation } => true,
        _ => AncestorNamed(reference, "ConfigureAwait"),
    };

    // `await using (group.ConfigureAwait(false))`
    private static bool AncestorNamed(IOperation operation, string method)
    {
        var current = operation.Parent;
        while (current is IConversionOperation or IArgumentOperation)
        {
            current = current.Parent;
        }

        return current is IInvocationOperation call && call.TargetMethod.Name == method;
    }
}
