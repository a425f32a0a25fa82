using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace ScopedTasks;

/// <summary>Decides how groups and their children are printed: a line for each, nested ones indented.</summary>
internal static class TreeDump
{
    private const int DeepestIndent = 24;

    /// <summary>Prints groups, those without a parent among them at the left.</summary>
    public static string Print(List<TaskGroup> groups)
    {
        var nested = new Dictionary<TaskGroup, List<TaskGroup>>();
        foreach (var group in groups)
            nested[group] = [];
        var open = new Stack<(TaskGroup Group, int Depth)>();
        for (var index = groups.Count - 1; index >= 0; index--)
        {
            var group = groups[index];
            if (group.Parent is { } parent && nested.TryGetValue(parent, out var siblings))
                siblings.Add(group);
            else
                open.Push((group, 0));
        }

        // Groups may be nested deeper than the stack is.
        var text = new StringBuilder();
        while (open.Count > 0)
        {
            var (group, depth) = open.Pop();
            PrintGroup(text, group, depth);
            foreach (var child in nested[group])
                open.Push((child, depth + 1));
        }
        return text.ToString();
    }

    /// <summary>Tells the state of one group.</summary>
    public static string Describe(TaskGroup group)
    {
        var name = group.Name is null ? "TaskGroup" : $"TaskGroup '{group.Name}'";
        return $"{name}: {StateOf(group)}, {Age(group, group.OpenedAt)}{CountsOf(group)}";
    }

    private static void PrintGroup(StringBuilder text, TaskGroup group, int depth)
    {
        Print(text, depth, Describe(group));
        foreach (var child in group.GetRunning())
            Print(text, depth + 1, Tell(child));
        foreach (var child in group.GetQueued())
            Print(text, depth + 1, $"{Title(ChildNames.Of(child.Label))}: queued");
        foreach (var service in group.GetRunningServices())
            Print(text, depth + 1, $"service {Tell(service)}");

        string Tell(RunningChild child) =>
            $"{Title(child.Name)}: running, {Age(group, group.StartOf(child))}";
    }

    private static void Print(StringBuilder text, int depth, string line)
    {
        text.Append(' ', 2 * Math.Min(depth, DeepestIndent));
        if (depth > DeepestIndent)
            text.Append('[').Append(depth).Append("] ");
        foreach (var character in line)
            text.Append(char.IsControl(character) ? ' ' : character);
        text.Append('\n');
    }

    private static string Title(string? name) => name is null ? "(unnamed)" : $"'{name}'";

    private static string StateOf(TaskGroup group)
    {
        if (group.Completion.IsCompleted)
            return "ended";
        if (group.IsCancellationRequested)
        {
            var reason = group.CancellationReason is { } given ? $" ({given})" : "";
            return group.FailureCount > 0 ? "failing" : $"cancelled{reason}";
        }
        return group.HasBodyEnded ? "body ended" : "open";
    }

    private static string CountsOf(TaskGroup group)
    {
        var (running, queued) = (group.RunningCount, group.QueuedCount);
        return (running > 0 ? $", {running} running" : "") + (queued > 0 ? $", {queued} queued" : "");
    }

    private static string Age(TaskGroup group, DateTimeOffset start)
    {
        var age = group.Options.TimeProvider.GetUtcNow() - start;
        if (age < TimeSpan.FromMinutes(1))
            return Math.Max(age.TotalSeconds, 0).ToString("0.0 s", CultureInfo.InvariantCulture);
        return age.ToString(age.Days > 0 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);
    }
}
