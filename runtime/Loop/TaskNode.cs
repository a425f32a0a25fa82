using System;
using System.Collections.Generic;

namespace ScopedTasks;

/// <summary>Shows one coroutine that an event loop runs, with its place among the others.</summary>
/// <remarks>It tells the present state whenever it is asked; on the thread of the loop only.</remarks>
public sealed class TaskNode
{
    private readonly LoopTask _task;

    private TaskNode(LoopTask task) => _task = task;

    /// <summary>What it was called, else the name of its method.</summary>
    public string Name => _task.Name;

    /// <summary>How far it has come.</summary>
    public CoroutineStatus Status => _task.Root.Status;

    /// <summary>What it waits for; null when it can run, or has ended.</summary>
    public string? WaitingOn => _task.WaitingOn?.Describe(_task);

    /// <summary>
    /// The coroutine in whose group it lies, or will lie once it has started; null for the main one.
    /// </summary>
    public TaskNode? Parent
    {
        get
        {
            var node = _task.Parent;
            while (node is not null and not LoopTask)
                node = node is ScopeNode { Destination: { } destination } ? destination : node.Parent;
            return node is LoopTask parent ? Of(parent) : null;
        }
    }

    /// <summary>Those in its groups, in the order in which they came.</summary>
    public IReadOnlyList<TaskNode> Children => Below(_task);

    /// <summary>How long its code ran; zero unless the loop measures that.</summary>
    public TimeSpan Awake => _task.ExtrasIfAny?.Times?.Awake ?? TimeSpan.Zero;

    /// <summary>How long it waited for something; zero unless the loop measures that.</summary>
    public TimeSpan Asleep => _task.ExtrasIfAny?.Times?.Asleep ?? TimeSpan.Zero;

    /// <summary>How long it could run while others did; zero unless the loop measures that.</summary>
    public TimeSpan Waiting => _task.ExtrasIfAny?.Times?.Waiting ?? TimeSpan.Zero;

    /// <summary>Tells its state.</summary>
    /// <returns>Its name, its status and what it waits for.</returns>
    public override string ToString() => $"{Name}: {Status}{(WaitingOn is { } wait ? $", waits for {wait}" : "")}";

    /// <summary>The one node of a task.</summary>
    internal static TaskNode Of(LoopTask task) => task.Extras.Node ??= new TaskNode(task);

    /// <summary>The tasks below a node that have no other task between them and it.</summary>
    internal static List<TaskNode> Below(CancelNode node)
    {
        var found = new List<TaskNode>();
        var open = new Stack<IEnumerator<CancelNode>>();
        open.Push(node.Children.GetEnumerator());
        while (open.TryPeek(out var children))
        {
            if (!children.MoveNext())
                open.Pop().Dispose();
            else if (children.Current is LoopTask task)
                found.Add(Of(task));
            else
                open.Push(children.Current.Children.GetEnumerator());
        }
        return found;
    }
}
