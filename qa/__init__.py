"""From a question to an answer that can be checked: Question → Evidence → Claims → verified Claims → Answer."""
