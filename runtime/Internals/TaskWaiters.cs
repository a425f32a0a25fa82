using System;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides who waits for a task, directly or through other tasks: for diagnoses only.</summary>
/// <remarks>
/// It looks where a debugger looks, at the continuations that a task keeps. What it cannot see through (a framework
/// that keeps them elsewhere, a hand-written awaiter) is somebody that it does not find, never one too many.
/// </remarks>
internal static class TaskWaiters
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    private static readonly FieldInfo? s_continuation = typeof(Task).GetField("m_continuationObject", Fields);

    /// <summary>The runtime's own among all that wait for one of the tasks, each once.</summary>
    public static IEnumerable<IJoin> Of(IEnumerable<Task> tasks)
    {
        var seen = new HashSet<object>(ByReference.Instance);
        var open = new Stack<object?>(tasks);
        while (open.Count > 0)
        {
            if (open.Pop() is not { } item || !seen.Add(item))
                continue;
            if (item is IJoin join)
                yield return join;
            Push(open, item);
        }
    }

    private static void Push(Stack<object?> open, object item)
    {
        switch (item)
        {
            case IJoin join:
                open.Push(join.Outcome);
                open.Push((join as ChildWatcher)?.Awaited);
                break;
            case Task any when IsAny(any):
                break;
            case Task task:
                open.Push(s_continuation?.GetValue(task));
                break;
            case Delegate continuation:
                open.Push(continuation.Target);
                break;
            case IList several:
                // The platform's own list, under the platform's own lock.
                lock (several)
                {
                    foreach (var one in several)
                        open.Push(one);
                }
                break;
            default:
                PushFields(open, item);
                break;
        }
    }

    /// <summary>Whoever waits for any of several tasks waits for none of them.</summary>
    private static bool IsAny(Task task) =>
        task.GetType().Name is var name && (name.Contains("WhenAny") || name == "CompleteOnInvokePromise");

    /// <summary>What the platform wraps around a continuation holds it in a field.</summary>
    private static void PushFields(Stack<object?> open, object item)
    {
        for (var type = item.GetType(); type?.Assembly == typeof(Task).Assembly; type = type.BaseType)
        {
            foreach (var field in type.GetFields(Fields))
            {
                var kind = field.FieldType;
                if (typeof(Delegate).IsAssignableFrom(kind) || typeof(Task).IsAssignableFrom(kind))
                    open.Push(field.GetValue(item));
            }
        }
    }
}
